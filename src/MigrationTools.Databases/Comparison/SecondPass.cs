using System.Globalization;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Methods;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Databases.Comparison;

/// <summary>
/// What follows where the sums of a table's segments differ: their rows are searched, looked at again where that is asked for, and what differs in the end
/// is counted, listed and told. Nothing is told before the end, for until then a search may fail and begin anew by another method, or run out of time.
/// </summary>
internal sealed class SecondPass(TableWork work, ComparisonScope scope, MethodChoice choice, SegmentScan scan)
{
    private bool WantsSettling => work.Options.Settle is not null && work.Layout.KeyCount > 0 && scope.Databases is not null;

    /// <param name="result">What the first pass has found out.</param>
    /// <param name="differing">Segments whose sums differ.</param>
    /// <param name="sound">The verdict where no row differs after all.</param>
    /// <param name="cancellationToken">Ends it; nothing is told then.</param>
    public async Task<TableComparison> RunAsync(TableComparison result, List<int> differing, Verdict sound, CancellationToken cancellationToken)
    {
        // One more than can be looked at again is enough to know that there are too many.
        using var held = new HeldDifferences(work.Options.SpoolDirectory, work.Options.Sink is null ? DifferenceSettler.MostKeys + 1 : long.MaxValue);
        var finder = new DifferenceFinder(work.Layout.Columns, work.Layout.KeyCount, work.Options, work.Options.Sink is not null || WantsSettling ? held.Add : null);
        var search = new DifferenceSearch(work, choice, scan, finder);
        await search.RunAsync(differing, cancellationToken).ConfigureAwait(false);
        result = result with { Notes = [.. result.Notes, .. Describe(finder, search, scan.Skipped ? SpotCheck.Spots : differing.Count)] };
        if (scan.Skipped)
        {
            result = result with { SourceRows = search.SourceRows, TargetRows = search.TargetRows };
        }

        if (held.Count == 0 || !WantsSettling || WhyNotSettled(held, finder) is not null)
        {
            IEnumerable<string> unsettled = held.Count > 0 && WantsSettling ? [WhyNotSettled(held, finder)!] : [];
            Tell(held.Read());
            return result with
            {
                Verdict = !search.Settled ? Verdict.Inconclusive : finder.Listable > 0 ? Verdict.Failed : sound,
                Missing = finder.Missing,
                Extra = finder.Extra,
                Changed = finder.Changed,
                Differences = finder.Differences,
                Notes = [.. result.Notes, .. DescribeList(finder.Differences.Count, finder.Listable), .. unsettled],
            };
        }

        var settler = new DifferenceSettler(work, scope.Databases!.Value.Source, scope.Databases.Value.Target, scope.Time);
        await settler.RunAsync(held.Read(), cancellationToken).ConfigureAwait(false);
        var persisting = settler.Persisting.ToList();
        persisting.Sort((left, right) => CanonicalField.CompareKeys(left.CanonicalKey, right.CanonicalKey));
        var listed = persisting.Take(work.Options.MaxDifferences).ToList();
        Tell(persisting);
        return result with
        {
            Verdict = !search.Settled ? Verdict.Inconclusive : persisting.Count > 0 ? Verdict.Failed : settler.Moving > 0 ? Verdict.Inconclusive : sound,
            Missing = persisting.LongCount(difference => difference.Kind == DifferenceKind.Missing),
            Extra = persisting.LongCount(difference => difference.Kind == DifferenceKind.Extra),
            Changed = persisting.LongCount(difference => difference.Kind == DifferenceKind.Changed),
            Differences = listed,
            Notes = [.. result.Notes, .. DescribeList(listed.Count, persisting.Count), settler.Describe()],
        };
    }

    // Only who asked for the comparison stops this: half of a table's differences would look like all of them.
    private void Tell(IEnumerable<RowDifference> differences)
    {
        if (work.Options.Sink is not { } sink)
        {
            return;
        }

        foreach (var difference in differences)
        {
            scope.Stopped.ThrowIfCancellationRequested();
            sink.Add(work.Pair, difference with { Seed = work.Seed });
        }
    }

    private static string? WhyNotSettled(HeldDifferences held, DifferenceFinder finder) =>
        held.Count > DifferenceSettler.MostKeys ? string.Create(CultureInfo.InvariantCulture, $"more than {DifferenceSettler.MostKeys:N0} rows differ, which is no lag: they were not looked at again")
        : finder.SourceDuplicates + finder.TargetDuplicates > 0 ? "rows that share a key can't be looked at again"
        : held.HaveNullKeys ? "rows with NULL in their key can't be looked at again"
        : null;

    private IEnumerable<string> Describe(DifferenceFinder finder, DifferenceSearch search, int segments)
    {
        if (!search.Settled)
        {
            yield return "rows read a second time were not those read first: an expression that answers differently each time, or a side that is not a consistent snapshot";
        }
        else if (finder.Listable == 0 && finder.Tolerated == 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"the {choice.Method} hashes of {segments} segments differ, though their rows, compared byte by byte, do not");
        }

        if (finder.Tolerated > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{finder.Tolerated:N0} rows differ within the tolerance and count as equal");
        }

        if (finder.SourceDuplicates + finder.TargetDuplicates > 0)
        {
            yield return $"the key does not tell all rows apart (of the rows looked at, {finder.SourceDuplicates} in the source and {finder.TargetDuplicates} in the target share theirs with another); these are compared as a multiset of whole rows";
        }
    }

    private static IEnumerable<string> DescribeList(long listed, long all) =>
        all > listed ? [$"{listed} of {all} differences are listed, the first by key; all are counted"] : [];
}
