using System.Globalization;
using System.Runtime.CompilerServices;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Integrity;

/// <summary>Counts the rows of every pair on both sides, exactly, each side in one consistent snapshot.</summary>
public sealed class RecordCounts(TimeProvider time)
{
    /// <summary>Streams a result a pair. A table that can't be counted is an Error, and the next one is counted.</summary>
    /// <exception cref="DatabaseException">A side can't be reached at all.</exception>
    public async IAsyncEnumerable<RecordCountResult> CountAsync(
        TwoSidedRequest request, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        var source = await Look.OpenAsync(request.Source, time, cancellationToken).ConfigureAwait(false);
        await using var ofSource = source.ConfigureAwait(false);
        var target = await Look.OpenAsync(request.Target, time, cancellationToken).ConfigureAwait(false);
        await using var ofTarget = target.ConfigureAwait(false);
        for (var index = 0; index < request.Pairs.Count; index++)
        {
            observer.Report(new Progress("count rows", index, request.Pairs.Count, "tables"));
            yield return await CountAsync(request, request.Pairs[index], source, target, cancellationToken).ConfigureAwait(false);
        }

        observer.Report(new Progress("count rows", request.Pairs.Count, request.Pairs.Count, "tables") { Completed = true });
    }

    private async Task<RecordCountResult> CountAsync(TwoSidedRequest request, TablePair pair, Look source, Look target, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var sides = await Task.WhenAll(
            CountAsync(source, token => PairSql.CountSourceAsync(pair, source, token), cancellationToken),
            CountAsync(target, token => PairSql.CountTargetAsync(pair, target, token), cancellationToken)).ConfigureAwait(false);
        var (sourceRows, targetRows) = (sides[0].Rows, sides[1].Rows);
        List<string> notes = [.. sides.Select(side => side.Error).OfType<string>()];
        if (sourceRows == 0 && targetRows == 0)
        {
            notes.Add("both sides are empty");
        }

        return new RecordCountResult
        {
            System = request.System,
            Source = pair.SourceName,
            Target = pair.TargetName,
            SourceRows = sourceRows,
            TargetRows = targetRows,
            Verdict = sourceRows is null || targetRows is null ? Verdict.Error : sourceRows == targetRows ? Verdict.Passed : Verdict.Failed,
            Notes = notes,
            Evidence =
            [
                .. sides[0].Evidence is { } seen ? [seen] : Array.Empty<Evidence>(),
                .. sides[1].Evidence is { } held ? [held with { Expected = sourceRows?.ToString(CultureInfo.InvariantCulture) }] : Array.Empty<Evidence>(),
            ],
            DurationMs = (long)time.GetElapsedTime(started).TotalMilliseconds,
        };
    }

    private static async Task<(long? Rows, Evidence? Evidence, string? Error)> CountAsync(
        Look look, Func<CancellationToken, Task<string>> sqlAsync, CancellationToken cancellationToken)
    {
        try
        {
            var sql = await sqlAsync(cancellationToken).ConfigureAwait(false);
            var (rows, evidence) = await look.CountAsync(sql, cancellationToken).ConfigureAwait(false);
            return (rows, evidence, null);
        }
        catch (DatabaseException broken)
        {
            return (null, null, broken.Message);
        }
    }
}
