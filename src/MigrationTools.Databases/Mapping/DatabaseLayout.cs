using MigrationTools.Databases.Schema;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Mapping;

/// <summary>A database system of a spec, resolved against what is really there.</summary>
public sealed record DatabaseLayout
{
    public required DatabaseSystemSpec System { get; init; }

    public required DatabaseSchema Source { get; init; }

    /// <summary>The target as it is now; empty where there is no database yet.</summary>
    public required DatabaseSchema TargetNow { get; init; }

    /// <summary>The target as it will be once its schema is made; the same as now where everything is there.</summary>
    public required DatabaseSchema TargetPlanned { get; init; }

    /// <summary>What makes the one of the other; null where nothing is to be made.</summary>
    public SchemaChange? Change { get; init; }

    public required PairingResult Pairing { get; init; }

    public IReadOnlyList<TablePair> Pairs => Pairing.Pairs;

    /// <summary>All pairs of the system, those too that a call leaves out of <see cref="Pairs"/>: what its tables refer to may be there.</summary>
    public IReadOnlyList<TablePair> AllPairs { get => field ?? Pairs; init; }

    /// <summary>Tables of the source that are taken and that no table of the target takes the place of: of two endpoints only what a call asks for must fit.</summary>
    public IEnumerable<TableName> WithoutPlace =>
        Source.Tables.Select(table => table.Name).Where(name => TablePairing.IsTaken(System, name) && AllPairs.All(pair => pair.Source?.Name != name));
}
