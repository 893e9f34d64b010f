using System.Security.Cryptography;
using System.Text.Json;
using MigrationTools.Engine;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>
/// A comparison cut into partitions that run on their own, on any machine and in any order, and whose results are merged and checked against this plan:
/// it names every table and every range that must be there.
/// </summary>
/// <remarks>Keys at which tables are split stand in it as they are in the database: guard the file as the data.</remarks>
public sealed record ComparisonPlan
{
    /// <summary>The one form that this version reads and writes.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>SHA-256 (hex) over everything else in it.</summary>
    public string Id { get; init; } = "";

    /// <summary>The version that made it.</summary>
    public required string Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required PlanOrigin Origin { get; init; }

    public required IReadOnlyList<PlannedSystem> Systems { get; init; }

    /// <summary>What counts as a difference, the same for all partitions.</summary>
    public required ComparisonMeaning Meaning { get; init; }

    public required IReadOnlyList<PlannedTable> Tables { get; init; }

    public required IReadOnlyList<PlannedPartition> Partitions { get; init; }

    /// <summary>What a reader must know: which tables are not split, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The plan with the id that its content has.</summary>
    public ComparisonPlan Sealed() => this with { Id = HashOf(this) };

    /// <summary>Whether the content is what the id was made of.</summary>
    public bool IsIntact() => Id == HashOf(this);

    /// <exception cref="InvalidRequestException">There is no such partition.</exception>
    public PlannedPartition Partition(int index) => index >= 0 && index < Partitions.Count
        ? Partitions[index]
        : throw new InvalidRequestException($"The plan has {Partitions.Count} partitions, numbered 0 to {Partitions.Count - 1}; there is no partition {index}.");

    private static string HashOf(ComparisonPlan plan) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(plan with { Id = "" }, MigrationJson.Line))).ToLowerInvariant();
}
