using System.Globalization;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Databases.Integrity;

/// <summary>The exact number of rows of a table on both sides.</summary>
public sealed record RecordCountResult
{
    /// <summary>Name of the system in the spec; null without a spec.</summary>
    public string? System { get; init; }

    public required string Source { get; init; }

    public required string Target { get; init; }

    /// <summary>Rows counted; null where the side could not be counted.</summary>
    public long? SourceRows { get; init; }

    public long? TargetRows { get; init; }

    /// <summary>Passed where both were counted and are equal, Failed where they differ, Error where a side could not be counted.</summary>
    public required Verdict Verdict { get; init; }

    public long DurationMs { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>As a check <c>counts:system/table</c>.</summary>
    public CheckResult ToCheck() => new()
    {
        Id = CheckIds.Of("counts", System, Target),
        Name = $"{Target} has as many rows as {Source}",
        Category = "counts",
        System = System,
        Verdict = Verdict,
        Message = Verdict switch
        {
            Verdict.Passed => string.Create(CultureInfo.InvariantCulture, $"{SourceRows} rows on both sides"),
            Verdict.Failed => string.Create(CultureInfo.InvariantCulture, $"{SourceRows} rows in the source, {TargetRows} in the target ({TargetRows - SourceRows:+0;-0})"),
            _ => string.Join("; ", Notes),
        },
        Remedy = Verdict switch
        {
            Verdict.Passed => null,
            Verdict.Failed => "Compare the table to see which rows are missing or extra.",
            _ => "Make both sides readable and count again.",
        },
        Evidence = Evidence,
        Duration = TimeSpan.FromMilliseconds(DurationMs),
    };
}
