using System.Diagnostics;
using System.Security.Cryptography;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Spooling;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Comparison;

/// <summary>
/// Compares one table by streaming both sides (<see cref="ComparisonMethod.Stream"/>). First both are read at the same time, each in
/// whatever order is fastest, into sums of row hashes by bucket of the key's hash. Only if some bucket differs are both read a second time
/// from the same snapshot, and the rows of those buckets sorted by key (spooled where they do not fit in memory) and compared byte by byte.
/// Nothing depends on an order, a collation or a hash function of a server.
/// </summary>
public static class TableComparer
{
    /// <summary>
    /// Compares. What goes wrong on a side is a result with <see cref="Verdict.Error"/> and the reason in its notes; only
    /// cancellation is thrown.
    /// </summary>
    public static async Task<TableComparison> CompareAsync(
        IDatabaseSnapshot source,
        IDatabaseSnapshot target,
        TablePair pair,
        ComparisonOptions options,
        IOperationObserver observer,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        var started = Stopwatch.GetTimestamp();
        var layout = ComparisonLayout.Of(pair);
        var tally = new RowTally(observer, $"compare {pair.TargetName}", pair.Source?.EstimatedRows + pair.Target.EstimatedRows);
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
                ? await CountAsync(source, target, pair, result, cancellationToken).ConfigureAwait(false)
                : await CompareAsync(new TableSides(source, target, pair, layout, tally), options, result, cancellationToken).ConfigureAwait(false);
        }
        catch (MigrationToolsException error)
        {
            result = result with { Notes = [.. result.Notes, error.Message] };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            result = result with { Notes = [.. result.Notes, $"rows could not be put aside in {options.SpoolDirectory ?? Path.GetTempPath()}: {error.Message}"] };
        }
        finally
        {
            tally.Complete();
        }

        return result with { DurationMs = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds };
    }

    private static async Task<TableComparison> CompareAsync(TableSides sides, ComparisonOptions options, TableComparison result, CancellationToken cancellationToken)
    {
        var seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        var (source, target) = await sides.DigestAsync(seed, cancellationToken).ConfigureAwait(false);
        result = result with { SourceRows = source.Rows, TargetRows = target.Rows };
        if (source.Rows == 0 && target.Rows == 0)
        {
            result = result with { Notes = [.. result.Notes, "both sides are empty"] };
        }

        var sound = sides.Layout.Complete ? Verdict.Passed : Verdict.Inconclusive;
        if (source.FindDiffering(target) is not { } buckets)
        {
            return result with { Verdict = sound };
        }

        using var sourceRows = new RowSorter(options.MemoryBytes / 2, options.SpoolDirectory);
        using var targetRows = new RowSorter(options.MemoryBytes / 2, options.SpoolDirectory);
        var (sourceAgain, targetAgain) = await sides.CollectAsync(seed, buckets, sourceRows, targetRows, cancellationToken).ConfigureAwait(false);
        var finder = new DifferenceFinder(sides.Layout.Columns, sides.Layout.KeyCount, options.MaxDifferences);
        await Task.Run(() => finder.Find(sourceRows.Finish(), targetRows.Finish(), cancellationToken), cancellationToken).ConfigureAwait(false);
        var settled = source.Agrees(sourceAgain, buckets) && target.Agrees(targetAgain, buckets);
        return result with
        {
            Verdict = settled ? Verdict.Failed : Verdict.Inconclusive,
            Missing = finder.Missing,
            Extra = finder.Extra,
            Changed = finder.Changed,
            Differences = finder.Differences,
            Notes = [.. result.Notes, .. Describe(finder, settled)],
        };
    }

    private static IEnumerable<string> Describe(DifferenceFinder finder, bool settled)
    {
        if (!settled)
        {
            yield return "rows read a second time were not those read first: an expression that answers differently each time, or a side that is not a consistent snapshot";
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
    private static async Task<TableComparison> CountAsync(
        IDatabaseSnapshot source,
        IDatabaseSnapshot target,
        TablePair pair,
        TableComparison result,
        CancellationToken cancellationToken) => result with
        {
            SourceRows = await source.CountAsync(pair.SourceQuery(), cancellationToken).ConfigureAwait(false),
            TargetRows = await target.CountAsync(pair.TargetQuery(), cancellationToken).ConfigureAwait(false),
            Verdict = Verdict.Inconclusive,
            Notes = [.. result.Notes, "no column can be compared; rows were only counted"],
        };
}
