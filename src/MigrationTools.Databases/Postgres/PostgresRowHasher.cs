using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using MigrationTools.Databases.Comparison.Methods;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Databases.Postgres.Pages;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>Rows of one side, hashed by the server's own functions.</summary>
internal sealed class PostgresRowHasher(PostgresSnapshot snapshot, RowQuery query, HashedRow row, Segmentation segmentation) : IRowHasher
{
    private readonly PostgresRowHash _hash = new(row.Salt);
    private PostgresWire[]? _wires;

    public async Task SumAsync(IReadOnlyList<KeySpan>? within, SegmentDigest into, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(into);
        var wires = await WiresAsync(cancellationToken).ConfigureAwait(false);
        if (within is null && segmentation is KeyStretches stretches
            && await new PageRunFinder(snapshot, query, stretches).FindAsync(cancellationToken).ConfigureAwait(false) is { } runs)
        {
            await SumAsync(runs, stretches, wires, into, cancellationToken).ConfigureAwait(false);
            return;
        }

        var asked = within is null ? query : query with { Spans = new KeySpans(query.Columns[0].Name, within) };
        await GroupAsync(asked, (dialect, only) => GroupsSql(PostgresSelect.Body(asked, dialect, only), wires, dialect), into, cancellationToken).ConfigureAwait(false);
    }

    public async Task TryAsync(long rows, CancellationToken cancellationToken)
    {
        var wires = await WiresAsync(cancellationToken).ConfigureAwait(false);
        var asked = query with { Limit = rows };
        _ = await snapshot.GroupAsync(asked, (dialect, only) => GroupsSql(PostgresSelect.Body(asked, dialect, only), wires, dialect), cancellationToken).ConfigureAwait(false);
    }

    public async Task ReadAsync(IReadOnlyList<KeySpan> spans, List<HashedKey> into, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(into);
        var wires = await WiresAsync(cancellationToken).ConfigureAwait(false);
        var reader = await snapshot.ReadBytesAsync(query, 2, (dialect, only) => KeysSql(spans, wires, dialect, only), cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var batch = new RowBatch(2);
            while (await reader.ReadAsync(batch, cancellationToken).ConfigureAwait(false))
            {
                for (var pack = 0; pack < batch.RowCount; pack++)
                {
                    Add(batch.BytesAt(pack, 0), batch.BytesAt(pack, 1), into);
                }
            }
        }
    }

    public RowQuery Narrow(RowQuery rows, IReadOnlyList<int> segments)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (_wires is null || segmentation is not KeyBuckets)
        {
            return rows;
        }

        // Columns are named as the server's table has them, so the filter can be made of this side's own query.
        var values = Values(_wires, new PostgresDialect());
        var filter = $"{Segment(values)} = ANY ('{{{string.Join(',', segments)}}}'::int[])";
        return rows with { Where = rows.Where is null ? filter : $"(\n{rows.Where}\n) AND {filter}" };
    }

    private async Task<PostgresWire[]> WiresAsync(CancellationToken cancellationToken) =>
        _wires ??= await snapshot.WiresAsync(query, cancellationToken).ConfigureAwait(false);

    // A run whose least and largest key are of one stretch is that stretch's; the rows of all others are grouped. Each row lies in one run, so each is counted once.
    private async Task SumAsync(IReadOnlyList<PageRun> runs, KeyStretches stretches, PostgresWire[] wires, SegmentDigest into, CancellationToken cancellationToken)
    {
        var mixed = new List<PageRun>();
        foreach (var run in await snapshot.GroupAsync(query, (dialect, only) => RunsSql(runs, wires, dialect, only), cancellationToken).ConfigureAwait(false))
        {
            var segment = stretches.Of(Number(run[3]!));
            if (segment == stretches.Of(Number(run[4]!)))
            {
                Add(into, segment, run[1]!, run[2]!);
            }
            else
            {
                mixed.Add(runs[(int)Number(run[0]!) - 1]);
            }
        }

        if (mixed.Count > 0)
        {
            await GroupAsync(
                query, (dialect, only) => GroupsSql(PostgresSelect.Body(query, dialect, only, PageRun.Conditions), wires, dialect, mixed), into, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task GroupAsync(RowQuery asked, Func<PostgresDialect, bool, string> sql, SegmentDigest into, CancellationToken cancellationToken)
    {
        foreach (var group in await snapshot.GroupAsync(asked, sql, cancellationToken).ConfigureAwait(false))
        {
            Add(into, (int)Number(group[0]!), group[1]!, group[2]!);
        }
    }

    private static void Add(SegmentDigest into, int segment, string rows, string sum) =>
        into.Add(segment, Number(rows), (UInt128)Int128.Parse(sum, CultureInfo.InvariantCulture));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private string GroupsSql(string body, PostgresWire[] wires, PostgresDialect dialect, IReadOnlyList<PageRun>? runs = null)
    {
        var values = Values(wires, dialect);
        var rows = $"SELECT {Segment(values)} AS segment, {_hash.Sql(values, row.Columns)} AS hash{body}";

        // Without OFFSET the server makes one join of both, and a join has no way to read a range of pages: it would read the whole table for each run.
        var from = runs is null ? $"(\n{rows}\n) AS hashed" : $"{PageRun.Rows(runs)}, LATERAL (\n{rows}\nOFFSET 0\n) AS hashed";
        return $"""
            SELECT hashed.segment, count(*), sum(hashed.hash)
            FROM {from}
            GROUP BY 1
            """;
    }

    private string RunsSql(IReadOnlyList<PageRun> runs, PostgresWire[] wires, PostgresDialect dialect, bool only)
    {
        var values = Values(wires, dialect);
        var key = values[0].Sql;
        return $"""
            SELECT {PageRun.Place}, summed.*
            FROM {PageRun.Rows(runs)},
            LATERAL (
            SELECT count(*) AS rows, sum({_hash.Sql(values, row.Columns)}), min({key}), max({key}){PostgresSelect.Body(query, dialect, only, PageRun.Conditions)}
            ) AS summed
            WHERE summed.rows > 0
            """;
    }

    // An array as array_send writes it: dimensions, flags, the elements' type, length and lower bound in 4 bytes each; then of each element its length and its bytes.
    private static void Add(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> hashes, List<HashedKey> into)
    {
        const int header = 5 * sizeof(int);
        const int element = sizeof(int) + sizeof(long);
        var first = into.Count;
        CollectionsMarshal.SetCount(into, first + ((keys.Length - header) / element));
        var added = CollectionsMarshal.AsSpan(into)[first..];
        for (var row = 0; row < added.Length; row++)
        {
            var place = header + (row * element) + sizeof(int);
            added[row] = new HashedKey(BinaryPrimitives.ReadInt64BigEndian(keys[place..]), BinaryPrimitives.ReadInt64BigEndian(hashes[place..]));
        }
    }

    private string KeysSql(IReadOnlyList<KeySpan> spans, PostgresWire[] wires, PostgresDialect dialect, bool only)
    {
        var values = Values(wires, dialect);
        var key = values[0].Sql;
        var hash = _hash.Sql(values, row.Columns);
        var body = PostgresSelect.Body(query, dialect, only, PostgresSpans.Conditions(key));
        return $"SELECT packed.keys, packed.hashes\nFROM {PostgresSpans.Rows(spans)}, LATERAL (\nSELECT array_agg({key}::bigint) AS keys, array_agg({hash}) AS hashes{body}\n) AS packed\nWHERE packed.keys IS NOT NULL";
    }

    private List<(string Sql, PostgresWire Wire)> Values(PostgresWire[] wires, PostgresDialect dialect) =>
        [.. query.Columns.Select((column, index) => (PostgresSelect.Value(query, column, dialect), wires[index]))];

    private string Segment(List<(string Sql, PostgresWire Wire)> values)
    {
        if (segmentation is KeyStretches stretches)
        {
            var key = $"{values[0].Sql}::bigint";
            return stretches.First is { } first
                ? string.Create(CultureInfo.InvariantCulture, $"(({key} - {PostgresRowHash.Literal(first)}) / {stretches.Width})")
                : $"pg_catalog.width_bucket({key}, '{{{string.Join(',', stretches.Ends.Select(end => (end + 1).ToString(CultureInfo.InvariantCulture)))}}}'::bigint[])";
        }

        // Another salt than the row's, so that a bucket tells nothing of the sum.
        var count = row.KeyCount == 0 ? row.Columns.Count : row.KeyCount;
        var hash = new PostgresRowHash(~row.Salt).Sql(values.GetRange(0, count), [.. row.Columns.Take(count)]);
        return string.Create(CultureInfo.InvariantCulture, $"({hash} & {segmentation.Count - 1})::int");
    }
}
