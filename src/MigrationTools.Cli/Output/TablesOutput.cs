using System.Text.Json.Serialization;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Cli.Output;

/// <summary>The result of an operation on the tables of one pair of databases, or of several.</summary>
/// <param name="Verdict">The tables' verdicts combined; NotRun where there was none.</param>
/// <param name="Source">The redacted endpoint; null where there are several systems.</param>
/// <param name="Target">Likewise.</param>
/// <param name="Tables">In order of system and target table.</param>
internal sealed record TablesOutput<T>(Verdict Verdict, string? Source, string? Target, IReadOnlyList<T> Tables)
{
    /// <summary>The systems, where there are several; their tables then name theirs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SystemOutput>? Systems { get; init; }

    public static TablesOutput<T> Of(IReadOnlyList<SystemOutput> systems, IReadOnlyList<T> tables)
    {
        ArgumentNullException.ThrowIfNull(systems);
        var only = systems.Count == 1 ? systems[0] : null;
        return new TablesOutput<T>(Verdicts.Combine(systems.Select(system => system.Verdict)), only?.Source, only?.Target, tables)
        {
            Systems = only is null ? systems : null,
        };
    }
}
