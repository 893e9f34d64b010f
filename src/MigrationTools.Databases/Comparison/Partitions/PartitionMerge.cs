using MigrationTools.Engine.Checks;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>
/// Merges the results of a plan's partitions, and checks that they are all there. Which results count is decided by the files alone: there is no coordinator to
/// ask. Of several attempts at one partition one that found differences stands before one that did not, for choosing must not make a verdict better; then one
/// that came to an end (Passed) before one that did not (Error, Inconclusive); then the newest.
/// </summary>
public static class PartitionMerge
{
    /// <param name="plan">What must be there.</param>
    /// <param name="directory">Where the results are; none are there where it is not.</param>
    /// <param name="maxDifferences">Differences listed a table; all are counted.</param>
    public static MergedComparison Merge(ComparisonPlan plan, string directory, int maxDifferences)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(directory);
        var refused = new List<RefusedResult>();
        var attempts = new List<PartitionResult>();
        foreach (var path in PartitionResultFile.In(directory))
        {
            if (PartitionResultFile.Read(path, plan, out var why) is { } result)
            {
                attempts.Add(result);
            }
            else
            {
                refused.Add(new RefusedResult(Path.GetFileName(path), why ?? "it can't be read"));
            }
        }

        var byIndex = attempts.GroupBy(result => result.Index).ToDictionary(group => group.Key, group => Choose([.. group]));
        var chosen = byIndex.ToDictionary(entry => entry.Key, entry => entry.Value.Used);
        var systems = plan.Systems.Select(system => Merge(plan, system, chosen, maxDifferences)).ToList();
        var missing = Enumerable.Range(0, plan.Partitions.Count).Where(index => !chosen.ContainsKey(index)).ToList();
        var merged = new MergedComparison
        {
            PlanId = plan.Id,
            Verdict = Verdicts.Combine(systems.Select(system => system.Verdict)),
            Systems = systems,
            Planned = plan.Partitions.Count,
            Merged = chosen.Count,
            Missing = missing,
            Repeated = [.. byIndex.Values.Select(entry => entry.Repeated).OfType<RepeatedPartition>().OrderBy(repeated => repeated.Index)],
            Refused = refused,
            From = chosen.Count == 0 ? null : chosen.Values.Min(result => result.StartedAt),
            To = chosen.Count == 0 ? null : chosen.Values.Max(result => result.EndedAt),
            Notes = [],
        };
        return merged with { Notes = [.. plan.Notes, .. Notes(merged)] };
    }

    private static MergedSystem Merge(ComparisonPlan plan, PlannedSystem system, Dictionary<int, PartitionResult> chosen, int maxDifferences)
    {
        var parts = plan.Partitions
            .SelectMany(partition => partition.Parts.Select((part, place) => (Partition: partition.Index, Part: part, Found: chosen.GetValueOrDefault(partition.Index)?.Parts[place].Comparison)))
            .Where(part => part.Part.System == system.Name)
            .ToLookup(part => part.Part.Table, StringComparer.Ordinal);
        var torn = Torn(system, chosen);
        var tables = plan.Tables.Where(table => table.System == system.Name)
            .Select(table => MergedTable.Of(table, [.. parts[table.Target]], maxDifferences))
            .Select(table => torn is null ? table : Doubted(table, torn))
            .OrderBy(table => table.Target, StringComparer.Ordinal)
            .ToList();
        return new MergedSystem(system, Verdicts.Combine(tables.Select(table => table.Verdict)), tables);
    }

    /// <summary>What to say where the partitions of a system were not all read from the same two databases; null where they were.</summary>
    private static string? Torn(PlannedSystem system, Dictionary<int, PartitionResult> chosen)
    {
        var read = chosen.OrderBy(entry => entry.Key)
            .SelectMany(entry => entry.Value.Read.Where(read => read.System == system.Name).Select(read => (Partition: entry.Key, read.Source, read.Target)))
            .ToList();
        var groups = read.GroupBy(one => (one.Source, one.Target)).Select(group => MergedTable.Indexes(group.Select(one => one.Partition))).ToList();
        return groups.Count <= 1
            ? null
            : $"not all partitions read the same databases ({string.Join(" / ", groups)}): what an endpoint refers to, or its relative path, led elsewhere on some machine. Make it the same everywhere and run those partitions again";
    }

    // A difference that was found is one, wherever.
    private static TableComparison Doubted(TableComparison table, string torn) =>
        table with { Verdict = table.Verdict == Verdict.Passed ? Verdict.Inconclusive : table.Verdict, Notes = [.. table.Notes, torn] };

    private static (PartitionResult Used, RepeatedPartition? Repeated) Choose(IReadOnlyList<PartitionResult> attempts)
    {
        var order = attempts
            .OrderByDescending(result => result.Verdict == Verdict.Failed)
            .ThenByDescending(result => result.IsConclusive())
            .ThenByDescending(result => result.EndedAt)
            .ThenByDescending(result => result.Attempt, StringComparer.Ordinal)
            .ToList();
        var used = order[0];
        if (order.Count == 1)
        {
            return (used, null);
        }

        static string File(PartitionResult result) => PartitionResultFile.NameOf(result.Index, result.Attempt);
        return (used, new RepeatedPartition(used.Index, File(used), [.. order.Skip(1).Select(File)], Describe(order)));
    }

    private static string Describe(List<PartitionResult> order)
    {
        var used = order[0];
        var decided = order.Where(result => result.Verdict is Verdict.Passed or Verdict.Failed).ToList();
        if (decided.Exists(result => result.Verdict != used.Verdict))
        {
            return "they do not agree; what failed counts, for choosing makes no verdict better. If rows were mended since, take the older file away";
        }

        return decided.Count switch
        {
            0 => "none came to an end; the newest is taken",
            _ when decided.Count < order.Count => $"one that came to an end is taken ({used.Verdict}); {order.Count - decided.Count} did not",
            _ => $"all came to the same verdict ({used.Verdict}); the newest is taken",
        };
    }

    private static IEnumerable<string> Notes(MergedComparison merged)
    {
        if (merged.Missing.Count > 0)
        {
            yield return $"{MergedTable.Indexes(merged.Missing)} of {merged.Planned} {(merged.Missing.Count == 1 ? "has" : "have")} no result: nothing can be said of their rows";
        }

        foreach (var repeated in merged.Repeated)
        {
            yield return $"partition {repeated.Index} was run {repeated.Others.Count + 1} times: {repeated.Note}; {repeated.Used} is used, not {string.Join(", ", repeated.Others)}";
        }

        foreach (var refused in merged.Refused)
        {
            yield return $"{refused.File} is not taken: {refused.Reason}";
        }

        if (merged is { Merged: > 1, From: { } from, To: { } to })
        {
            yield return $"the partitions were read at different times, from {from:u} to {to:u}, each from a snapshot of its own: rows whose key changed meanwhile can have been passed over";
        }
    }
}
