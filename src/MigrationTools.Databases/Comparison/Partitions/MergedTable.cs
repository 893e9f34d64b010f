using MigrationTools.Engine.Checks;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>Adds up what was found in the parts of one table.</summary>
internal static class MergedTable
{
    /// <param name="table">The table.</param>
    /// <param name="parts">Every part that the plan gives it, in the order of its key, with the partition that has it and its result; null where there is none.</param>
    /// <param name="maxDifferences">How many differences are listed; all are counted.</param>
    public static TableComparison Of(PlannedTable table, IReadOnlyList<(int Partition, PlannedPart Part, TableComparison? Found)> parts, int maxDifferences)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var found = parts.Select(part => part.Found).OfType<TableComparison>().ToList();
        var listed = found.SelectMany(one => one.Differences).ToList();
        var capped = listed.Take(maxDifferences).ToList();
        var all = found.Sum(one => one.Missing + one.Extra + one.Changed);
        var merged = new TableComparison
        {
            Source = table.Source,
            Target = table.Target,
            Verdict = Verdicts.Combine(parts.Select(part => part.Found?.Verdict ?? Verdict.NotRun)),
            Method = found.Count > 0 ? found[0].Method : default,
            MethodReason = found.Select(one => one.MethodReason).Distinct(StringComparer.Ordinal).Count() == 1 ? found[0].MethodReason : null,
            SourceRows = Sum(found.Select(one => one.SourceRows)),
            TargetRows = Sum(found.Select(one => one.TargetRows)),
            Missing = found.Sum(one => one.Missing),
            Extra = found.Sum(one => one.Extra),
            Changed = found.Sum(one => one.Changed),
            DurationMs = found.Sum(one => one.DurationMs),
            Differences = capped,
        };
        merged = merged with { Notes = [.. Notes(parts, merged, all)] };
        return parts.Count > 1 && merged is { Verdict: Verdict.Passed, SourceRows: 0, TargetRows: 0 } ? Emptied(merged) : merged;
    }

    // It had rows when it was divided. That none is left, or none meets the condition any more, on either side says nothing of whether they arrived.
    private static TableComparison Emptied(TableComparison merged) => merged with
    {
        Verdict = Verdict.Inconclusive,
        Notes = [.. merged.Notes, "neither side has a row in any of its partitions, though there were some when it was divided: nothing was compared"],
    };

    private static IEnumerable<string> Notes(IReadOnlyList<(int Partition, PlannedPart Part, TableComparison? Found)> parts, TableComparison merged, long all)
    {
        foreach (var (partition, part, _) in parts.Where(part => part.Found is null))
        {
            yield return $"partition {partition} has no result: {(part.IsWhole ? "the table was" : $"its rows{Range(part)} were")} not compared";
        }

        var found = parts.Where(part => part.Found is not null).ToList();
        foreach (var methods in found.GroupBy(part => part.Found!.Method).Where(methods => methods.Key != merged.Method))
        {
            yield return $"compared by {methods.Key} in {Indexes(methods.Select(part => part.Partition))}";
        }

        foreach (var note in found.SelectMany(part => part.Found!.Notes.Distinct(StringComparer.Ordinal).Select(note => (part.Partition, Note: note))).GroupBy(note => note.Note, StringComparer.Ordinal))
        {
            yield return note.Count() == parts.Count ? note.Key : $"{Indexes(note.Select(one => one.Partition))}: {note.Key}";
        }

        var listed = merged.Differences.Sum(difference => difference.Count);
        if (parts.Count > 1 && listed < all)
        {
            yield return $"{listed} of {all} differences are listed, of all partitions together; all are counted";
        }
    }

    /// <summary>For people: partitions 1, 4 and 5, without end where there are many.</summary>
    public static string Indexes(IEnumerable<int> indexes)
    {
        const int shown = 20;
        var all = indexes.ToList();
        var text = string.Join(", ", all.Take(shown)) + (all.Count > shown ? $" and {all.Count - shown} more" : "");
        return $"partition{(all.Count == 1 ? "" : "s")} {text}";
    }

    private static string Range(PlannedPart part) => part.Describe()[part.Table.Length..];

    private static long? Sum(IEnumerable<long?> rows)
    {
        var known = rows.OfType<long>().ToList();
        return known.Count == 0 ? null : known.Sum();
    }
}
