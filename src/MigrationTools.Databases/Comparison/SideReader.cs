using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Spooling;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison;

/// <summary>Reads one side of a table in whatever order is fastest, as often as it is needed, from one snapshot.</summary>
internal sealed class SideReader(IDatabaseSnapshot snapshot, RowQuery query, RowEncoder encoder, RowTally tally)
{
    /// <summary>Reads all rows into a digest.</summary>
    public async Task<TableDigest> DigestAsync(CancellationToken cancellationToken)
    {
        var digest = new TableDigest();
        await ReadAllAsync(batch => Digest(batch, digest), cancellationToken).ConfigureAwait(false);
        return digest;
    }

    /// <summary>Reads all rows again and keeps those of some buckets; answers the digest of what was kept.</summary>
    public async Task<TableDigest> CollectAsync(bool[] buckets, RowSorter sorter, CancellationToken cancellationToken)
    {
        var digest = new TableDigest();
        await ReadAllAsync(batch => Collect(batch, buckets, sorter, digest), cancellationToken).ConfigureAwait(false);
        return digest;
    }

    private void Digest(RowBatch batch, TableDigest digest)
    {
        for (var row = 0; row < batch.RowCount; row++)
        {
            encoder.Encode(batch, row);
            digest.Add(TableDigest.BucketOf(encoder.HashKey()), encoder.HashRow());
        }
    }

    private void Collect(RowBatch batch, bool[] buckets, RowSorter sorter, TableDigest digest)
    {
        for (var row = 0; row < batch.RowCount; row++)
        {
            encoder.Encode(batch, row);
            var bucket = TableDigest.BucketOf(encoder.HashKey());
            if (buckets[bucket])
            {
                digest.Add(bucket, encoder.HashRow());
                sorter.Add(encoder.Row, encoder.KeyLength);
            }
        }
    }

    /// <summary>While one batch is taken the next is read, so that a server or a file and the hashing here do not wait for each other.</summary>
    private async Task ReadAllAsync(Action<RowBatch> take, CancellationToken cancellationToken)
    {
        var reader = await snapshot.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var (filling, filled) = (new RowBatch(query.Columns.Count), new RowBatch(query.Columns.Count));
            var reading = Fill(reader, filling, cancellationToken);
            try
            {
                while (await reading.ConfigureAwait(false))
                {
                    (filling, filled) = (filled, filling);
                    reading = Fill(reader, filling, cancellationToken);
                    take(filled);
                    tally.Add(filled.RowCount);
                }
            }
            finally
            {
                await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>On a thread of the pool, for a reader may have rows at hand and never yield.</summary>
    private static Task<bool> Fill(IRowReader reader, RowBatch batch, CancellationToken cancellationToken) =>
        Task.Run(() => reader.ReadAsync(batch, cancellationToken).AsTask(), cancellationToken);
}
