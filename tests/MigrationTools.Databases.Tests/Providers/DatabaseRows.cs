using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Providers;

/// <summary>Short words for what tests do with rows.</summary>
public static class DatabaseRows
{
    public static RowBatch Batch(params Cell[][] rows)
    {
        var batch = new RowBatch(rows[0].Length);
        foreach (var cell in rows.SelectMany(row => row))
        {
            batch.Append(cell.Kind, cell.Bytes);
        }

        return batch;
    }

    /// <summary>Writes rows in one transaction and says how many the server took.</summary>
    public static async Task<long> WriteAsync(this IDatabase database, TableSchema table, params Cell[][] rows)
    {
        await using var session = await database.OpenSessionAsync(Token);
        await session.BeginAsync(Token);
        await using var writer = await session.WriteAsync(table.Name, table.Columns.Where(column => !column.Generated).ToList(), Token);
        await writer.WriteAsync(Batch(rows), 0, rows.Length, Token);
        var taken = await writer.CompleteAsync(Token);
        await session.CommitAsync(Token);
        return taken;
    }

    public static RowQuery Query(this TableSchema table) => new()
    {
        Table = table.Name,
        Columns = table.Columns.Select(column => new ReadColumn(column.Name, column.Type)).ToList(),
    };

    public static async Task<List<Cell[]>> ReadAsync(this IDatabase database, RowQuery query)
    {
        await using var snapshot = await database.OpenSnapshotAsync(Token);
        return await snapshot.AllAsync(query);
    }

    public static async Task<List<Cell[]>> AllAsync(this IDatabaseSnapshot snapshot, RowQuery query)
    {
        await using var reader = await snapshot.ReadAsync(query, Token);
        var batch = new RowBatch(query.Columns.Count);
        var rows = new List<Cell[]>();
        while (await reader.ReadAsync(batch, Token))
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                rows.Add(Enumerable.Range(0, batch.ColumnCount).Select(column => Cell.Of(batch.KindAt(row, column), batch.BytesAt(row, column))).ToArray());
            }
        }

        return rows;
    }

    public static async Task ExecuteAsync(this IDatabase database, string sql, params object?[] values)
    {
        await using var session = await database.OpenSessionAsync(Token);
        await session.ExecuteAsync(sql, values, Token);
    }

    /// <summary>Makes a table by the dialect and gives it back as the server describes it.</summary>
    public static async Task<TableSchema> CreateAsync(this IDatabase database, TableSchema table)
    {
        await database.ExecuteAsync(database.Dialect.CreateTable(table));
        return await database.TableAsync(table.Name);
    }

    public static async Task<TableSchema> TableAsync(this IDatabase database, TableName name) =>
        (await database.ReadSchemaAsync(Token)).Find(name) ?? throw new InvalidOperationException($"no table {name}");

    /// <summary>The very rows in the very order, shown as text where they are not.</summary>
    public static void ShouldHold(this IEnumerable<Cell[]> rows, Cell[][] expected) =>
        rows.Select(Show).ShouldBe(expected.Select(Show));

    private static string Show(Cell[] row) => string.Join(" | ", row.Select(cell => cell.ToString()));

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
