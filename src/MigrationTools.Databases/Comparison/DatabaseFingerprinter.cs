using System.Security.Cryptography;
using System.Text;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Comparison;

/// <summary>
/// Takes a database's fingerprint, by which a rollback proves that everything is as it was. Unlike a comparison it takes values as the
/// server holds them: 1.50 is not 1.5 and −0 is not 0, for a database that was left alone has not changed even there.
/// </summary>
public static class DatabaseFingerprinter
{
    /// <summary>Fixed, so that fingerprints of two processes can be compared.</summary>
    private const ulong Seed = 0x4D69_6772_6174_6564;

    /// <summary>Reads the structure and every row of the tables.</summary>
    /// <param name="database">The database.</param>
    /// <param name="include">Which tables; null for all.</param>
    /// <param name="observer">Told of rows read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DatabaseException">The database can't be read.</exception>
    public static async Task<DatabaseFingerprint> TakeAsync(
        IDatabase database,
        Func<TableSchema, bool>? include,
        IOperationObserver observer,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(observer);
        var schema = await database.ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
        var tables = schema.Tables.Where(table => include is null || include(table)).OrderBy(table => table.Name.ToString(), StringComparer.Ordinal).ToList();
        var text = SHA256.HashData(Encoding.UTF8.GetBytes(SchemaText.Of(tables, schema)));
        var snapshot = await database.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var close = snapshot.ConfigureAwait(false);
        var fingerprints = new List<TableFingerprint>();
        foreach (var table in tables)
        {
            fingerprints.Add(await TakeAsync(snapshot, table, observer, cancellationToken).ConfigureAwait(false));
        }

        return new DatabaseFingerprint(Convert.ToHexString(text).ToLowerInvariant(), fingerprints)
        {
            Sequences = await snapshot.ReadSequencesAsync(cancellationToken).ConfigureAwait(false),
        };
    }

    private static async Task<TableFingerprint> TakeAsync(IDatabaseSnapshot snapshot, TableSchema table, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var query = new RowQuery
        {
            Table = table.Name,
            Columns = [.. table.Columns.Select(column => new ReadColumn(column.Name, column.Type) { AsText = column.Type.Kind == LogicalKind.Opaque })],
        };
        var tally = new RowTally(observer, $"fingerprint {table.Name}");
        tally.Expect(table.EstimatedRows);
        var buffer = new CanonicalBuffer(Seed);
        var (sum, rows) = (UInt128.Zero, 0L);
        var reader = await snapshot.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var batch = new RowBatch(query.Columns.Count);
            while (await reader.ReadAsync(batch, cancellationToken).ConfigureAwait(false))
            {
                for (var row = 0; row < batch.RowCount; row++)
                {
                    sum += Hash(batch, row, buffer);
                }

                rows += batch.RowCount;
                tally.Add(batch.RowCount);
            }
        }

        tally.Complete();
        return new TableFingerprint(table.Name.ToString(), rows, $"{sum:x32}");
    }

    /// <summary>Each cell with its kind and its length, as it is.</summary>
    private static UInt128 Hash(RowBatch batch, int row, CanonicalBuffer buffer)
    {
        buffer.Clear();
        for (var column = 0; column < batch.ColumnCount; column++)
        {
            buffer.WriteVariable((CanonicalTag)batch.KindAt(row, column), batch.BytesAt(row, column));
        }

        return RowHash.Of(buffer.Bytes, Seed);
    }
}
