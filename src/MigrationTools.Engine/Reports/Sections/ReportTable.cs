using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Reports.Sections;

/// <summary>A table on both sides: counted, copied, compared. Null is: that was not done or not measured.</summary>
public sealed record ReportTable
{
    public required string System { get; init; }

    public required string Source { get; init; }

    public required string Target { get; init; }

    /// <summary>Of the comparison of its rows; NotRun where they were not compared.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>Of the count of its rows; NotRun where they were not counted.</summary>
    public Verdict CountVerdict { get; init; }

    /// <summary>How it was compared, such as Stream.</summary>
    public string? Method { get; init; }

    /// <summary>Rows read by the comparison, or else counted.</summary>
    public long? SourceRows { get; init; }

    public long? TargetRows { get; init; }

    public long? Missing { get; init; }

    public long? Extra { get; init; }

    public long? Changed { get; init; }

    /// <summary>Rows in committed chunks, over all attempts.</summary>
    public long? RowsCopied { get; init; }

    /// <summary>Of these, rows that an earlier attempt had committed.</summary>
    public long? ResumedRows { get; init; }

    public long? Rejected { get; init; }

    public string? RejectedFile { get; init; }

    public long? Bytes { get; init; }

    public long? CopyMs { get; init; }

    /// <summary>Rows copied by the last attempt over the time that it took; null where either is nothing.</summary>
    public double? RowsPerSecond { get; init; }

    public long? CompareMs { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>At most as many as fit a report; <see cref="DifferencesNotListed"/> says how many more there are.</summary>
    public IReadOnlyList<ReportDifference> Differences { get; init; } = [];

    /// <summary>Differing rows that were counted and are not listed.</summary>
    public long DifferencesNotListed { get; init; }

    /// <summary>All differing rows; null where the table was not compared.</summary>
    public long? DifferingRows => Missing is null && Extra is null && Changed is null ? null : (Missing ?? 0) + (Extra ?? 0) + (Changed ?? 0);
}
