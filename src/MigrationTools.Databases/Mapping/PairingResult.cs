using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Mapping;

/// <summary>What pairing two schemas found.</summary>
/// <param name="Pairs">In order of target table.</param>
/// <param name="LeftOut">Source tables that the spec does not take, each with its reason.</param>
/// <param name="Notes">What the readers of a plan or result must know.</param>
/// <param name="Problems">What must be mended in the spec before anything can run; empty where all fits.</param>
public sealed record PairingResult(
    IReadOnlyList<TablePair> Pairs, IReadOnlyList<string> LeftOut, IReadOnlyList<string> Notes, IReadOnlyList<string> Problems)
{
    /// <summary>Tables of the target that nothing of the source fills.</summary>
    public IReadOnlyList<TableName> TargetOnly { get; init; } = [];
}
