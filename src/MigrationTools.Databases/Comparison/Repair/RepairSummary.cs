namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>What a repair script holds.</summary>
/// <param name="Path">The script.</param>
public sealed record RepairSummary(string Path)
{
    public long Inserts { get; init; }

    public long Updates { get; init; }

    public long Deletes { get; init; }

    /// <summary>Differences that the script does not mend; their reasons are in <see cref="NotCovered"/> and in its header.</summary>
    public long LeftOut { get; init; }

    /// <summary>What is not mended, and why.</summary>
    public IReadOnlyList<string> NotCovered { get; init; } = [];
}
