using System.Globalization;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Copying;

/// <summary>
/// The progress table in the target. A bookmark moves in the same transaction as the rows, and only from the chunk that was
/// seen last: of two processes that copy under one id, one fails and nothing is written twice.
/// </summary>
internal sealed class BookmarkTable(IDatabaseSession session, ISqlDialect dialect, string copyId)
{
    public const string Name = "migrationtools_copy";

    private readonly string _table = dialect.Quote(Name);

    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(TargetHabits.Of(dialect).TableExists, [Name], cancellationToken).ConfigureAwait(false);
        return rows[0][0] == "1";
    }

    public Task CreateAsync(CancellationToken cancellationToken) => session.ExecuteAsync(
        $"""
        CREATE TABLE IF NOT EXISTS {_table} (
            copy_id text NOT NULL,
            table_name text NOT NULL,
            shape text NOT NULL,
            chunk bigint NOT NULL,
            last_key text,
            copied_rows bigint NOT NULL,
            copied_bytes bigint NOT NULL,
            rejected_rows bigint NOT NULL,
            rejected_length bigint NOT NULL,
            finished integer NOT NULL,
            PRIMARY KEY (copy_id, table_name)
        )
        """,
        [],
        cancellationToken);

    public async Task<IReadOnlyList<CopyBookmark>> ReadAsync(CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(
            $"""
            SELECT table_name, shape, chunk, last_key, copied_rows, copied_bytes, rejected_rows, rejected_length, finished
            FROM {_table} WHERE copy_id = $1 ORDER BY table_name
            """,
            [copyId],
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => new CopyBookmark(row[0]!, row[1]!)
        {
            Chunk = Number(row[2]),
            LastKey = row[3] is { } key ? KeyText.Read(key) : null,
            Rows = Number(row[4]),
            Bytes = Number(row[5]),
            Rejected = Number(row[6]),
            RejectedLength = Number(row[7]),
            Finished = row[8] == "1",
        })];
    }

    public Task AddAsync(CopyBookmark bookmark, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"INSERT INTO {_table} (copy_id, table_name, shape, chunk, copied_rows, copied_bytes, rejected_rows, rejected_length, finished) VALUES ($1, $2, $3, 0, 0, 0, 0, 0, 0)",
        [copyId, bookmark.Table, bookmark.Shape],
        cancellationToken);

    /// <summary>Moves a bookmark on from the chunk before.</summary>
    /// <exception cref="InvalidRequestException">It is not where it was left: another process copies under the same id.</exception>
    public async Task MoveAsync(CopyBookmark bookmark, CancellationToken cancellationToken)
    {
        var moved = await session.ExecuteAsync(
            $"""
            UPDATE {_table}
            SET chunk = $3, last_key = $4, copied_rows = $5, copied_bytes = $6, rejected_rows = $7, rejected_length = $8, finished = $9
            WHERE copy_id = $1 AND table_name = $2 AND chunk = $10
            """,
            [
                copyId, bookmark.Table, bookmark.Chunk, bookmark.LastKey is { } key ? KeyText.Write(key) : null, bookmark.Rows, bookmark.Bytes,
                bookmark.Rejected, bookmark.RejectedLength, bookmark.Finished ? 1L : 0L, bookmark.Chunk - 1,
            ],
            cancellationToken).ConfigureAwait(false);
        if (moved != 1)
        {
            throw new InvalidRequestException(
                $"The copy '{copyId}' of table '{bookmark.Table}' is no longer where this process left it: another one copies under the same id, or the progress was removed. Let only one copy at a time.");
        }
    }

    public Task DeleteAsync(CancellationToken cancellationToken) =>
        session.ExecuteAsync($"DELETE FROM {_table} WHERE copy_id = $1", [copyId], cancellationToken);

    /// <summary>Whether bookmarks of other copies are there.</summary>
    public async Task<bool> HasRowsAsync(CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync($"SELECT count(*) FROM {_table}", [], cancellationToken).ConfigureAwait(false);
        return rows[0][0] != "0";
    }

    public Task DropAsync(CancellationToken cancellationToken) => session.ExecuteAsync(dialect.DropTable(new TableName(null, Name)), [], cancellationToken);

    private static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);
}
