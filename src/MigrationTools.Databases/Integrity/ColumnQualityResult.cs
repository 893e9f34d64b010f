using System.Globalization;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Databases.Integrity;

/// <summary>The figures of a column on both sides, and whether they agree by meaning.</summary>
public sealed record ColumnQualityResult
{
    /// <summary>Name of the system in the spec; null without a spec.</summary>
    public string? System { get; init; }

    /// <summary>The target's table.</summary>
    public required string Table { get; init; }

    /// <summary>The target's column.</summary>
    public required string Column { get; init; }

    /// <summary>Null where the side could not be looked at.</summary>
    public ColumnProfile? Source { get; init; }

    public ColumnProfile? Target { get; init; }

    /// <summary>
    /// Passed where all figures agree; Failed where one differs that means the same on both sides; Inconclusive where one differs that the
    /// two types make incomparable (see <see cref="Notes"/>); Error where a side could not be looked at.
    /// </summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Of the table's query, which looks at all its columns at once.</summary>
    public long DurationMs { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>As a check <c>quality:system/table.column</c>.</summary>
    public CheckResult ToCheck() => new()
    {
        Id = CheckIds.Of("quality", System, $"{Table}.{Column}"),
        Name = $"{Table}.{Column} has the same figures on both sides",
        Category = "quality",
        System = System,
        Verdict = Verdict,

        // A figure that the types make incomparable says nothing against the data, whose rows the checksums compare exactly.
        Required = Verdict != Verdict.Inconclusive,
        Message = Verdict == Verdict.Passed
            ? string.Join("; ", Notes.Prepend(string.Create(CultureInfo.InvariantCulture, $"{Target?.Rows} rows, {Target?.Nulls} nulls, {Target?.Distinct} distinct on both sides")))
            : string.Join("; ", Notes),
        Remedy = Verdict switch
        {
            Verdict.Passed => null,
            Verdict.Failed => "Compare the table to see which values differ.",
            Verdict.Inconclusive => "Compare the table row by row: these figures can't tell, its values can.",
            _ => "Make both sides readable and look again.",
        },
        Evidence = Evidence,
        Duration = TimeSpan.FromMilliseconds(DurationMs),
    };
}
