namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>A pair of tables that the partitions cover together.</summary>
public sealed record PlannedTable
{
    /// <summary>The system's name; null for two endpoints.</summary>
    public string? System { get; init; }

    public required string Source { get; init; }

    /// <summary>With <see cref="System"/> what names the pair: a target table is filled from one source.</summary>
    public required string Target { get; init; }

    /// <summary>SHA-256 (hex) of what is compared with what: columns, types, key, conditions. Where a worker finds another one the plan is not run.</summary>
    public required string Shape { get; init; }

    /// <summary>Rows of the source, as <see cref="Basis"/> says.</summary>
    public required long EstimatedRows { get; init; }

    /// <summary>Where the number of rows comes from: a count, or the server's estimate.</summary>
    public required string Basis { get; init; }

    /// <summary>The target's columns by which the table may be split; empty where it is one part.</summary>
    public IReadOnlyList<string> SplitBy { get; init; } = [];

    /// <summary>Why it is one part; null where it may be split.</summary>
    public string? WhyWhole { get; init; }
}
