using System.Security.Cryptography;
using System.Text.Json;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>What one attempt at one partition found.</summary>
public sealed record PartitionResult
{
    public const int CurrentFormat = 2;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>SHA-256 (hex) over everything else in it.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Of the plan.</summary>
    public required string PlanId { get; init; }

    public required int Index { get; init; }

    /// <summary>No two attempts share one.</summary>
    public required string Attempt { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The machine that it ran on.</summary>
    public required string Host { get; init; }

    /// <summary>The version that ran it.</summary>
    public required string Version { get; init; }

    /// <summary>Which databases it read; a system of which it has no part is not among them.</summary>
    public required IReadOnlyList<ReadSystem> Read { get; init; }

    /// <summary>The parts' verdicts combined.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>In the order of the plan.</summary>
    public required IReadOnlyList<PartResult> Parts { get; init; }

    /// <summary>Whether it says of every row whether it is the same: no table broke or was left open.</summary>
    public bool IsConclusive() => Verdict is Verdict.Passed or Verdict.Failed && Parts.All(part => part.Comparison.Verdict is Verdict.Passed or Verdict.Failed);

    /// <summary>The result with the hash that its content has.</summary>
    public PartitionResult Sealed() => this with { Hash = HashOf(this) };

    public bool IsIntact() => Hash == HashOf(this);

    private static string HashOf(PartitionResult result) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(result with { Hash = "" }, PartitionJson.Options))).ToLowerInvariant();
}
