using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Matching;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Databases.Comparison.Spooling;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison;

/// <summary>Reads one side of a table in whatever order is fastest, as often as it is needed, from one snapshot.</summary>
internal sealed class SideReader(IDatabaseSnapshot snapshot, RowQuery query, Func<RowEncoder> createEncoder, RowTally tally, int keyCount, ulong seed, bool raw)
{
    /// <summary>Reads all rows, or those within some spans, into a digest.</summary>
    public async Task DigestAsync(Segmentation segmentation, IReadOnlyList<KeySpan>? within, SegmentDigest into, CancellationToken cancellationToken)
    {
        var asked = Within(within);
        var reader = await snapshot.ReadAsync(asked, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            if (reader is IDigestingReader digesting)
            {
                await DigestAsync(digesting, new CellDigest(segmentation, keyCount, seed, raw ? null : createEncoder().Fields, into), cancellationToken).ConfigureAwait(false);
            }
            else
            {
                var marker = Marker(segmentation);
                await ReadAllAsync(reader, asked.Columns.Count, batch => Digest(batch, marker, into), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads rows again, keeps those of wanted segments, and adds them to a digest.</summary>
    /// <param name="narrowed">The query, narrowed as far as the engine can.</param>
    /// <param name="segmentation">Tells a row's segment.</param>
    /// <param name="wanted">By segment.</param>
    /// <param name="sorter">Takes the rows.</param>
    /// <param name="again">Takes what was read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task CollectAsync(RowQuery narrowed, Segmentation segmentation, bool[] wanted, RowSorter sorter, SegmentDigest again, CancellationToken cancellationToken)
    {
        var marker = Marker(segmentation);
        return ReadAllAsync(narrowed, batch => Collect(batch, marker, wanted, sorter, again), cancellationToken);
    }

    /// <summary>Room for rows that are kept until they are matched with those of the other side.</summary>
    public KeptRows Keep(Segmentation segmentation, RowSorter sorter, long memoryBytes) => new(Marker(segmentation), sorter, memoryBytes);

    /// <summary>Reads the rows of some spans again, keeps those of wanted segments, and adds them to a digest.</summary>
    public async Task KeepAsync(IReadOnlyList<KeySpan> spans, bool[] wanted, KeptRows into, SegmentDigest again, CancellationToken cancellationToken)
    {
        var asked = Within(spans);
        var reader = await snapshot.ReadAsync(asked, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await ExchangeAllAsync(reader, asked.Columns.Count, batch => into.Take(batch, wanted, again), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the rows of some keys.</summary>
    public Task CollectAsync(KeyList keys, RowSorter sorter, CancellationToken cancellationToken)
    {
        var encoder = createEncoder();
        return ReadAllAsync(
            query with { Keys = keys },
            batch =>
            {
                for (var row = 0; row < batch.RowCount; row++)
                {
                    encoder.Encode(batch, row);
                    sorter.Add(encoder.Row, encoder.KeyLength, encoder.Tail(batch, row));
                }
            },
            cancellationToken);
    }

    /// <summary>Reads some rows and forgets them: how long that takes is what was asked.</summary>
    public Task TryAsync(long rows, Segmentation segmentation, CancellationToken cancellationToken)
    {
        var marker = Marker(segmentation);
        var digest = new SegmentDigest(segmentation.Count);
        return ReadAllAsync(query with { Limit = rows }, batch => Digest(batch, marker, digest), cancellationToken);
    }

    public RowQuery Within(IReadOnlyList<KeySpan>? spans) => spans is null ? query : query with { Spans = new KeySpans(query.Columns[0].Name, spans) };

    private RowMarker Marker(Segmentation segmentation) => new(createEncoder(), segmentation, keyCount, seed, raw);

    private async Task DigestAsync(IDigestingReader reader, CellDigest into, CancellationToken cancellationToken)
    {
        while (await reader.DigestAsync(into, cancellationToken).ConfigureAwait(false) is var rows and > 0)
        {
            await tally.AddAsync(rows, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Digest(RowBatch batch, RowMarker marker, SegmentDigest into)
    {
        for (var row = 0; row < batch.RowCount; row++)
        {
            into.Add(marker.Mark(batch, row, out var hash), hash);
        }
    }

    private static void Collect(RowBatch batch, RowMarker marker, bool[] wanted, RowSorter sorter, SegmentDigest again)
    {
        for (var row = 0; row < batch.RowCount; row++)
        {
            var segment = marker.Mark(batch, row, out var hash);
            if (wanted[segment])
            {
                again.Add(segment, hash);
                var encoder = marker.Encode(batch, row);
                sorter.Add(encoder.Row, encoder.KeyLength, encoder.Tail(batch, row));
            }
        }
    }

    private async Task ReadAllAsync(RowQuery asked, Action<RowBatch> take, CancellationToken cancellationToken)
    {
        var reader = await snapshot.ReadAsync(asked, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await ReadAllAsync(reader, asked.Columns.Count, take, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task ReadAllAsync(IRowReader reader, int columns, Action<RowBatch> take, CancellationToken cancellationToken) => ExchangeAllAsync(
        reader,
        columns,
        batch =>
        {
            take(batch);
            return batch;
        },
        cancellationToken);

    /// <summary>While one batch is taken the next is read, so that a server or a file and the hashing here do not wait for each other.</summary>
    /// <param name="reader">Gives the rows.</param>
    /// <param name="columns">Cells of a row.</param>
    /// <param name="exchange">Takes a batch, and answers one to fill later: that batch, or another where it keeps it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task ExchangeAllAsync(IRowReader reader, int columns, Func<RowBatch, RowBatch> exchange, CancellationToken cancellationToken)
    {
        var (filling, filled) = (new RowBatch(columns), new RowBatch(columns));
        var reading = Fill(reader, filling, cancellationToken);
        try
        {
            while (await reading.ConfigureAwait(false))
            {
                (filling, filled) = (filled, filling);
                reading = Fill(reader, filling, cancellationToken);
                var rows = filled.RowCount;
                filled = exchange(filled);
                await tally.AddAsync(rows, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>On a thread of the pool, for a reader may have rows at hand and never yield.</summary>
    private static Task<bool> Fill(IRowReader reader, RowBatch batch, CancellationToken cancellationToken) =>
        Task.Run(() => reader.ReadAsync(batch, cancellationToken).AsTask(), cancellationToken);
}
