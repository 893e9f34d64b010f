using System.Globalization;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Databases.Comparison;

/// <summary>A table's comparison as a check <c>checksum:system/table</c>.</summary>
public static class TableComparisonCheck
{
    /// <param name="table">The comparison.</param>
    /// <param name="system">Name of the system; null without a spec.</param>
    /// <param name="targetEndpoint">Redacted.</param>
    /// <param name="at">When it was done.</param>
    public static CheckResult ToCheck(this TableComparison table, string? system, string targetEndpoint, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(table);
        var counts = string.Create(CultureInfo.InvariantCulture,
            $"{table.SourceRows?.ToString("N0", CultureInfo.InvariantCulture) ?? "?"} rows of the source and {table.TargetRows?.ToString("N0", CultureInfo.InvariantCulture) ?? "?"} of the target compared: {table.Missing} missing, {table.Extra} extra, {table.Changed} changed");
        return new CheckResult
        {
            Id = $"checksum:{(system is null ? "" : system + "/")}{table.Target}",
            Name = $"{table.Target} holds the rows of {table.Source}",
            Category = "checksums",
            System = system,
            Verdict = table.Verdict,
            Message = string.Join("; ", table.Notes.Prepend(counts)),
            Remedy = table.Verdict switch
            {
                Verdict.Passed => null,
                Verdict.Failed => "Look at the differences, mend the rows on the side that is wrong, and compare again.",
                _ => "Mend what the message names and compare again.",
            },
            Evidence = [new Evidence($"{table.Method} comparison of every row in canonical form", counts, at) { Endpoint = targetEndpoint }],
            Duration = TimeSpan.FromMilliseconds(table.DurationMs),
        };
    }
}
