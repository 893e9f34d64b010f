using System.Globalization;
using System.Runtime.CompilerServices;
using MigrationTools.Databases.Conversion;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Readiness;

/// <summary>
/// Finds by looking at every row of the source what the target's columns can't hold: too long, out of range, NULL where there must be
/// a value, bytes that are no text, dates that are none. The same converters as in copying decide, so what passes here is not rejected there.
/// </summary>
/// <remarks>
/// Columns of the same server type on both sides of one engine that enforces its types need no reading: the server has refused already what the
/// target would. Constraints other than NOT NULL (checks, uniqueness, triggers) are not looked at here.
/// </remarks>
public sealed class DataCompatibility(TimeProvider time)
{
    private const int LongestKeyText = 100;

    /// <summary>Streams a result a pair. A table that can't be read is an Error, and the next one is read.</summary>
    /// <exception cref="DatabaseException">The source can't be reached at all.</exception>
    public async IAsyncEnumerable<TableCompatibility> ExamineAsync(
        CompatibilityRequest request, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        ArgumentOutOfRangeException.ThrowIfNegative(request.SampleSize);
        var enforced = await EnforcesTypesAsync(request, cancellationToken).ConfigureAwait(false);
        var snapshot = await request.Source.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var ofSnapshot = snapshot.ConfigureAwait(false);
        foreach (var pair in request.Pairs)
        {
            yield return await ExamineAsync(request, pair, snapshot, enforced, observer, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One pair alone.</summary>
    /// <exception cref="DatabaseException">The source can't be reached at all.</exception>
    public async Task<TableCompatibility> ExamineAsync(
        CompatibilityRequest request, TablePair pair, IOperationObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(observer);
        var enforced = await EnforcesTypesAsync(request, cancellationToken).ConfigureAwait(false);
        var snapshot = await request.Source.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var ofSnapshot = snapshot.ConfigureAwait(false);
        return await ExamineAsync(request, pair, snapshot, enforced, observer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the source's server lets nothing into a column that is not of its type, by the same rules as the target's.</summary>
    private static async Task<bool> EnforcesTypesAsync(CompatibilityRequest request, CancellationToken cancellationToken) =>
        request.Source.Dialect.Name == "postgresql" && request.TargetDialect.Name == "postgresql"
        && (await request.Source.GetServerInfoAsync(cancellationToken).ConfigureAwait(false)).Encoding == "UTF8";

    private async Task<TableCompatibility> ExamineAsync(
        CompatibilityRequest request, TablePair pair, IDatabaseSnapshot snapshot, bool enforced, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var result = new TableCompatibility { System = request.System, Source = pair.SourceName, Target = pair.TargetName, Verdict = Verdict.NotRun };
        try
        {
            result = await LookAsync(request, pair, snapshot, enforced, observer, result, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException broken)
        {
            result = result with { Verdict = Verdict.Error, Notes = [broken.Message] };
        }

        return result with { DurationMs = (long)time.GetElapsedTime(started).TotalMilliseconds };
    }

    private async Task<TableCompatibility> LookAsync(
        CompatibilityRequest request, TablePair pair, IDatabaseSnapshot snapshot, bool enforced, IOperationObserver observer, TableCompatibility result,
        CancellationToken cancellationToken)
    {
        var unknown = pair.Columns.ToDictionary(column => column, column => FittedColumn.UnknownBecause(column, pair, request.TargetDialect));
        var columns = pair.Columns.Where(column => unknown[column] is null || CanBeRead(column)).Select(column => FittedColumn.Of(column, pair, request, enforced)).ToList();
        var read = columns.Where(column => column.MustBeRead).ToList();
        var at = time.GetUtcNow();
        long? rows = read.Count > 0 ? await ReadAsync(pair, read, snapshot, observer, cancellationToken).ConfigureAwait(false) : null;

        var misfits = read.SelectMany(column => column.Tally.Misfits).ToList();
        var unfilled = Unfilled(pair).ToList();
        List<string> unclear = [.. unknown.Values.OfType<string>()];
        var verdict = misfits.Count > 0 || (unfilled.Count > 0 && rows != 0) ? Verdict.Failed : unclear.Count > 0 ? Verdict.Inconclusive : Verdict.Passed;
        return result with
        {
            Rows = rows,
            Misfits = misfits,
            Unknown = unclear,
            Verdict = verdict,
            Notes = [.. unfilled, .. NotReadNotes(columns, read), .. rows == 0 ? ["the source's table is empty"] : Array.Empty<string>()],
            Evidence = [.. EvidenceOf(request, pair, columns, read, snapshot, rows, misfits, at)],
        };
    }

    // A column of an enum is read as text: NULL where there must be a value can be told of it.
    private static bool CanBeRead(ColumnPair column) =>
        column.Target.Type.Kind != LogicalKind.Opaque && (column.Source.AsText || column.Source.Type.Kind != LogicalKind.Opaque);

    private static async Task<long> ReadAsync(
        TablePair pair, List<FittedColumn> columns, IDatabaseSnapshot snapshot, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var keys = pair.Columns.Where(column => pair.Key.Contains(column.Target.Name)).ToList();
        var query = pair.SourceQuery() with
        {
            Columns = [.. columns.Select(column => column.Pair.Source), .. keys.Select(key => key.Source).Where(key => columns.TrueForAll(column => column.Pair.Source != key))],
        };
        var places = keys.ConvertAll(key => (key.Target.Name, Place: query.Columns.ToList().IndexOf(key.Source)));
        var activity = $"check data of {pair.SourceName}";
        var reader = await snapshot.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        await using var ofReader = reader.ConfigureAwait(false);
        var batch = new RowBatch(query.Columns.Count);
        var converted = new RowBatch(1);
        var rows = 0L;
        while (await reader.ReadAsync(batch, cancellationToken).ConfigureAwait(false))
        {
            Examine(batch, converted, columns, row => KeyOf(batch, row, places, rows + row + 1));
            rows += batch.RowCount;
            observer.Report(new Progress(activity, rows, null, "rows"));
        }

        observer.Report(new Progress(activity, rows, rows, "rows") { Completed = true });
        return rows;
    }

    private static void Examine(RowBatch batch, RowBatch converted, List<FittedColumn> columns, Func<int, string> keyOfRow)
    {
        for (var row = 0; row < batch.RowCount; row++)
        {
            for (var index = 0; index < columns.Count; index++)
            {
                var column = columns[index];
                var kind = batch.KindAt(row, index);
                if (kind == CellKind.Null)
                {
                    if (column.RefusesNull)
                    {
                        var empty = row;
                        column.Tally.Add("NULL where the target must have a value", () => keyOfRow(empty));
                    }

                    continue;
                }

                converted.Clear();
                if (column.Converter.Convert(kind, batch.BytesAt(row, index), converted) is { } reason)
                {
                    var refused = row;
                    column.Tally.Add(reason, () => keyOfRow(refused));
                }
            }
        }
    }

    private static string KeyOf(RowBatch batch, int row, List<(string Name, int Place)> places, long number)
    {
        if (places.Count == 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"row {number} as read (no key)");
        }

        return string.Join(", ", places.Select(key => $"{key.Name} = {Cut(CellText.ToString(batch.KindAt(row, key.Place), batch.BytesAt(row, key.Place)) ?? "NULL")}"));
    }

    private static string Cut(string text) => text.Length <= LongestKeyText ? text : text[..LongestKeyText] + "…";

    /// <summary>Columns of the target that nothing fills and that take no NULL of their own.</summary>
    private static IEnumerable<string> Unfilled(TablePair pair) => pair.Target.Columns
        .Where(column => !column.Nullable && column.Default is null && !column.Identity && !column.Generated
            && pair.Columns.All(filled => filled.Target.Name != column.Name))
        .Select(column => $"nothing fills {column.Name} ({column.ServerType}), which must have a value and has no default");

    private static IEnumerable<string> NotReadNotes(List<FittedColumn> columns, List<FittedColumn> read)
    {
        var spared = columns.Except(read).Select(column => column.Pair.Target.Name).ToList();
        return spared.Count == 0 ? [] : [$"of the same type on both sides, which the source's server enforces, and so not read: {string.Join(", ", spared)}"];
    }

    private static IEnumerable<Evidence> EvidenceOf(
        CompatibilityRequest request, TablePair pair, List<FittedColumn> columns, List<FittedColumn> read, IDatabaseSnapshot snapshot, long? rows,
        List<ColumnMisfit> misfits, DateTimeOffset at)
    {
        var endpoint = request.Source.Endpoint.Redacted;
        if (rows is { } count)
        {
            var what = EndpointRedaction.Redact($"every row of {pair.SourceName}, columns {string.Join(", ", read.Select(column => column.Pair.Target.Name))} (at {snapshot.Position})");
            yield return new Evidence(what, string.Create(CultureInfo.InvariantCulture, $"{count} rows, {misfits.Sum(misfit => misfit.Count)} values that do not fit"), at)
            {
                Endpoint = endpoint,
                Expected = "0 values that do not fit",
            };
        }

        foreach (var column in columns.Except(read))
        {
            yield return new Evidence($"type of {pair.SourceName}.{column.Pair.Source.Name}", column.Pair.Target.ServerType, at) { Endpoint = endpoint, Expected = column.Pair.Target.ServerType };
        }
    }
}
