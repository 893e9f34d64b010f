using System.Diagnostics;
using System.Globalization;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Methods;
using MigrationTools.Databases.Comparison.Resuming;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Comparison;

/// <summary>
/// Compares one table. First both sides are summed up at the same time, by segment, in whatever order is fastest and by the method that was chosen; only
/// segments that differ are read row by row and compared by their bytes. Nothing depends on an order, a collation or on two engines having one hash function.
/// </summary>
public static class TableComparer
{
    /// <summary>
    /// Compares. What goes wrong on a side is a result with <see cref="Verdict.Error"/> and the reason in its notes; only
    /// cancellation is thrown.
    /// </summary>
    public static Task<TableComparison> CompareAsync(
        IDatabaseSnapshot source,
        IDatabaseSnapshot target,
        TablePair pair,
        ComparisonOptions options,
        IOperationObserver observer,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        var scope = new ComparisonScope { Options = options, Observer = observer, Pace = new ComparisonPace(options, observer, TimeProvider.System), Workers = 1 };
        return CompareAsync(source, target, pair, scope, cancellationToken);
    }

    internal static async Task<TableComparison> CompareAsync(
        IDatabaseSnapshot source, IDatabaseSnapshot target, TablePair pair, ComparisonScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(pair);
        var started = Stopwatch.GetTimestamp();
        var options = scope.Options;
        var layout = ComparisonLayout.Of(pair, options.Text);
        var tally = new RowTally(scope.Observer, $"compare {pair.TargetName}", pair.Source?.EstimatedRows + pair.Target.EstimatedRows, scope.Pace);
        var work = new TableWork { Source = source, Target = target, Pair = pair, Layout = layout, Options = options, Tally = tally, Pace = scope.Pace, Workers = scope.Workers };
        var result = new TableComparison
        {
            Source = pair.SourceName,
            Target = pair.TargetName,
            Verdict = Verdict.Error,
            Method = ComparisonMethod.Stream,
            Notes = layout.Notes,
        };
        try
        {
            result = layout.Columns.Count == 0
                ? await CountAsync(work, result, cancellationToken).ConfigureAwait(false)
                : await CompareAsync(work, scope, result, cancellationToken).ConfigureAwait(false);
        }
        catch (MigrationToolsException error)
        {
            result = result with { Notes = [.. result.Notes, error.Message] };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            result = result with { Notes = [.. result.Notes, $"rows could not be put aside in {options.SpoolDirectory ?? Path.GetTempPath()}: {error.Message}"] };
        }
        catch (OperationCanceledException) when (scope.TimedOut && !scope.Stopped.IsCancellationRequested)
        {
            result = result with { Verdict = Verdict.Inconclusive, Notes = [.. result.Notes, DescribeTimeout(options, tally, work)] };
        }
        finally
        {
            tally.Complete();
        }

        return result with { DurationMs = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds };
    }

    private static string DescribeTimeout(ComparisonOptions options, RowTally tally, TableWork work)
    {
        var expected = work.Pair.Source?.EstimatedRows + work.Pair.Target.EstimatedRows;
        var of = expected is { } rows ? string.Create(CultureInfo.InvariantCulture, $" of about {rows:N0}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"stopped after {options.Timeout!.Value.TotalSeconds:0.#} s with {tally.Done:N0}{of} rows of both sides read: nothing is said of the table");
    }

    private static async Task<TableComparison> CompareAsync(TableWork work, ComparisonScope scope, TableComparison result, CancellationToken cancellationToken)
    {
        var state = scope.State?.Of(work.Pair);
        if (state?.Passed is { } passed)
        {
            return passed with { Notes = [.. passed.Notes, string.Create(CultureInfo.InvariantCulture, $"compared by an earlier, interrupted comparison at {state.At:u}, and not again")] };
        }

        var choice = await new MethodChooser(work).ChooseAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await CompareAsync(work, choice, scope, state, result, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (choice.Method != ComparisonMethod.Stream && error.ErrorId == ErrorIds.DatabaseError)
        {
            var streamed = choice with { Method = ComparisonMethod.Stream, SourceHasher = null, TargetHasher = null, Reason = $"{choice.Method} failed: {error.Message}" };
            streamed = streamed with { Segmentation = choice.Segmentation is KeyBuckets ? new KeyBuckets(KeyBuckets.Most) : choice.Segmentation };
            return await CompareAsync(work, streamed, scope, state, result, cancellationToken).ConfigureAwait(false);
        }
        catch (StrayKeyException)
        {
            var byHash = new MethodChoice(ComparisonMethod.Stream, new KeyBuckets(KeyBuckets.Most), "the key's column of whole numbers holds something else");
            return await CompareAsync(work, byHash, scope, null, result, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<TableComparison> CompareAsync(
        TableWork work, MethodChoice choice, ComparisonScope scope, TableState? state, TableComparison result, CancellationToken cancellationToken)
    {
        if (state is not null && choice.Segmentation is KeyStretches divided)
        {
            divided = state.Ends is { } ends ? KeyStretches.At(divided.Column, ends) : divided;
            await state.DivideAsync(divided, cancellationToken).ConfigureAwait(false);
            choice = await new MethodChooser(work).RedivideAsync(choice, divided, cancellationToken).ConfigureAwait(false);
        }

        var scan = new SegmentScan(work, choice, choice.Segmentation is KeyStretches ? state : null);
        await scan.RunAsync(cancellationToken).ConfigureAwait(false);
        var known = scan.Known == 0 ? 0 : state!.KnownRows;
        result = result with
        {
            Method = choice.Method,
            MethodReason = choice.Reason,
            SourceRows = scan.Source.Rows + known,
            TargetRows = scan.Target.Rows + known,
            Notes = [.. result.Notes, .. Describe(scan, state)],
        };
        if (result is { SourceRows: 0, TargetRows: 0 })
        {
            result = result with { Notes = [.. result.Notes, "both sides are empty"] };
        }

        var sound = work.Layout.Complete && scan.LeftOut == 0 ? Verdict.Passed : Verdict.Inconclusive;
        var differing = scan.Source.FindDiffering(scan.Target);
        if (differing.Count == 0)
        {
            result = result with { Verdict = sound };
            if (state is not null && sound == Verdict.Passed)
            {
                await state.NoteAsync(result, cancellationToken).ConfigureAwait(false);
            }

            return result;
        }

        Action<RowDifference>? tell = work.Options.Sink is { } sink ? difference => sink.Add(work.Pair, difference) : null;
        var seen = work.Options.Settle is not null && work.Layout.KeyCount > 0 && scope.Databases is not null ? new List<RowDifference>() : null;
        var finder = new DifferenceFinder(work.Layout.Columns, work.Layout.KeyCount, work.Options, seen is null ? tell : difference => Keep(seen, difference));
        var search = new DifferenceSearch(work, choice, scan, finder);
        await search.RunAsync(differing, cancellationToken).ConfigureAwait(false);
        result = result with
        {
            Verdict = !search.Settled ? Verdict.Inconclusive : finder.Listable > 0 ? Verdict.Failed : sound,
            Missing = finder.Missing,
            Extra = finder.Extra,
            Changed = finder.Changed,
            Differences = finder.Differences,
            Notes = [.. result.Notes, .. Describe(finder, search, choice, differing.Count)],
        };
        return seen is { Count: > 0 } ? await SettleAsync(work, scope, result, seen, finder, sound, tell, cancellationToken).ConfigureAwait(false) : result;
    }

    // One more than can be looked at again is enough to know that there are too many.
    private static void Keep(List<RowDifference> seen, RowDifference difference)
    {
        if (seen.Count <= DifferenceSettler.MostKeys)
        {
            seen.Add(difference);
        }
    }

    private static async Task<TableComparison> SettleAsync(
        TableWork work,
        ComparisonScope scope,
        TableComparison result,
        List<RowDifference> seen,
        DifferenceFinder finder,
        Verdict sound,
        Action<RowDifference>? tell,
        CancellationToken cancellationToken)
    {
        if (seen.Count > DifferenceSettler.MostKeys || finder.SourceDuplicates + finder.TargetDuplicates > 0)
        {
            seen.ForEach(difference => tell?.Invoke(difference));
            var reason = seen.Count > DifferenceSettler.MostKeys
                ? string.Create(CultureInfo.InvariantCulture, $"more than {DifferenceSettler.MostKeys:N0} rows differ, which is no lag: they were not looked at again{(tell is null ? "" : ", and only so many are written down")}")
                : "rows that share a key can't be looked at again";
            return result with { Notes = [.. result.Notes, reason] };
        }

        var settler = new DifferenceSettler(work, scope.Databases!.Value.Source, scope.Databases.Value.Target, scope.Time);
        await settler.RunAsync(seen, cancellationToken).ConfigureAwait(false);
        var persisting = settler.Persisting;
        foreach (var difference in persisting)
        {
            tell?.Invoke(difference);
        }

        return result with
        {
            Verdict = persisting.Count > 0 ? Verdict.Failed : settler.Moving > 0 ? Verdict.Inconclusive : sound,
            Missing = persisting.LongCount(difference => difference.Kind == DifferenceKind.Missing),
            Extra = persisting.LongCount(difference => difference.Kind == DifferenceKind.Extra),
            Changed = persisting.LongCount(difference => difference.Kind == DifferenceKind.Changed),
            Differences = [.. persisting.Take(work.Options.MaxDifferences)],
            Notes = [.. result.Notes, settler.Describe()],
        };
    }

    private static IEnumerable<string> Describe(SegmentScan scan, TableState? state)
    {
        if (scan.LeftOut > 0)
        {
            yield return scan.DescribeSample();
        }

        if (scan.Known > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{scan.Known} stretches with {state!.KnownRows:N0} rows were found equal by an earlier, interrupted comparison until {state.At:u}, and are not read again");
        }
    }

    private static IEnumerable<string> Describe(DifferenceFinder finder, DifferenceSearch search, MethodChoice choice, int segments)
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

        if (finder.Listable > finder.Differences.Count)
        {
            yield return $"{finder.Differences.Count} of {finder.Listable} differences are listed, the first by key; all are counted";
        }
    }

    /// <summary>No column can be compared: the rows are counted, and that is all that can be said.</summary>
    private static async Task<TableComparison> CountAsync(TableWork work, TableComparison result, CancellationToken cancellationToken) => result with
    {
        SourceRows = await work.Source.CountAsync(work.Pair.SourceQuery(), cancellationToken).ConfigureAwait(false),
        TargetRows = await work.Target.CountAsync(work.Pair.TargetQuery(), cancellationToken).ConfigureAwait(false),
        Verdict = Verdict.Inconclusive,
        Notes = [.. result.Notes, "no column can be compared; rows were only counted"],
    };
}
