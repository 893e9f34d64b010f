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
        var scope = new ComparisonScope { Options = options, Observer = observer, Pace = new ComparisonPace(options, observer, TimeProvider.System), Stopped = cancellationToken };
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
        var tally = new RowTally(scope.Observer, $"compare {pair.TargetName}", scope.Pace);
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
        var expected = work.EstimatedRows * 2;
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

        await work.EstimateAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await CompareAsync(work, scope, state, result, cancellationToken).ConfigureAwait(false);
        }
        catch (StrayKeyException)
        {
            const string reason = "the key's column of whole numbers holds something else";
            var byHash = new MethodChoice(ComparisonMethod.Stream, new KeyBuckets(KeyBuckets.Most) { Reason = reason }, reason);
            return await CompareAsync(work, byHash, scope, null, result, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<TableComparison> CompareAsync(TableWork work, ComparisonScope scope, TableState? state, TableComparison result, CancellationToken cancellationToken)
    {
        var choice = await new MethodChooser(work).ChooseAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await CompareAsync(work, choice, scope, state, result, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (choice.Method != ComparisonMethod.Stream && error.ErrorId == ErrorIds.DatabaseError)
        {
            var streamed = choice with { Method = ComparisonMethod.Stream, SourceHasher = null, TargetHasher = null, Reason = $"{choice.Method} failed: {error.Message}" };
            streamed = streamed with { Segmentation = choice.Segmentation is KeyBuckets buckets ? buckets with { Count = KeyBuckets.Most } : choice.Segmentation };
            return await CompareAsync(work, streamed, scope, state, result, cancellationToken).ConfigureAwait(false);
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
            Notes = [.. result.Notes, .. Describe(work, choice, scan, state)],
        };
        var empty = !scan.Skipped && scan.LeftOut == 0 && result is { SourceRows: 0, TargetRows: 0 };
        if (empty)
        {
            result = result with { Notes = [.. result.Notes, DescribeEmpty(work.Pair)] };
        }

        var differing = scan.FindDiffering();
        if (scan.LeftOut > 0)
        {
            result = result with { Notes = [.. result.Notes, scan.DescribeSample(differing.Count)] };
        }

        var sound = work.Layout.Complete && scan.LeftOut == 0 && !(empty && IsSelection(work.Pair)) ? Verdict.Passed : Verdict.Inconclusive;
        if (differing.Count == 0)
        {
            result = result with { Verdict = sound };
            if (state is not null && sound == Verdict.Passed)
            {
                await state.NoteAsync(result, cancellationToken).ConfigureAwait(false);
            }

            return result;
        }

        return await new SecondPass(work, scope, choice, scan).RunAsync(result, differing, sound, cancellationToken).ConfigureAwait(false);
    }

    // A table without rows was seen to be empty; a condition or a query that gives none may as well be wrong. In one part of a table none may meet it all the same.
    private static bool IsSelection(TablePair pair) =>
        pair.Part is null && (pair.Where is not null || pair.SourceSql is not null || pair.TargetWhere is not null || pair.TargetSql is not null);

    private static string DescribeEmpty(TablePair pair) => IsSelection(pair) ? "neither side has a row that was asked for: nothing was compared" : "both sides are empty";

    private static IEnumerable<string> Describe(TableWork work, MethodChoice choice, SegmentScan scan, TableState? state)
    {
        if (scan.LeftOut == 0 && work.Options.Sample is not null)
        {
            var reason = (choice.Segmentation as KeyBuckets)?.Reason ?? "it is too small to be divided";
            yield return $"no sample could be drawn of it, and it was compared whole: {reason}";
        }

        if (Tolerance.DescribeGaps(work.Layout, work.Options) is { } gaps)
        {
            yield return gaps;
        }

        if (scan.Skipped)
        {
            yield return $"each of {SpotCheck.Spots} stretches of the key that were looked at first differs, so the rows of all were compared without being summed up before";
        }

        if (scan.Known > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{scan.Known} stretches with {state!.KnownRows:N0} rows were found equal by an earlier, interrupted comparison until {state.At:u}, and are not read again");
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
