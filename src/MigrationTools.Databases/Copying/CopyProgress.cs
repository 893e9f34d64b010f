using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Copying;

/// <summary>How far a copy is, looked up in the target.</summary>
/// <param name="State">All tables together.</param>
/// <param name="Tables">Every table that the copy was begun with, in order of name.</param>
public sealed record CopyProgress(CopyState State, IReadOnlyList<TableCopyProgress> Tables)
{
    private static readonly CopyProgress None = new(CopyState.NotBegun, []);

    /// <summary>The table in the target, outside of every schema, where copies keep their progress until <see cref="RemoveAsync"/>.</summary>
    public const string TableName = BookmarkTable.Name;

    /// <summary>Looks at a copy; changes nothing, and does not create a database that is not there.</summary>
    /// <exception cref="DatabaseException">The server failed.</exception>
    public static async Task<CopyProgress> ReadAsync(IDatabase target, string copyId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!await target.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return None;
        }

        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var bookmarks = new BookmarkTable(session, target.Dialect, copyId);
            if (!await bookmarks.ExistsAsync(cancellationToken).ConfigureAwait(false))
            {
                return None;
            }

            var found = await bookmarks.ReadAsync(cancellationToken).ConfigureAwait(false);
            var state = found.Count == 0 ? CopyState.NotBegun : found.All(bookmark => bookmark.Finished) ? CopyState.Finished : CopyState.Partial;
            return new CopyProgress(state, [.. found.Select(bookmark => new TableCopyProgress(bookmark.Table, bookmark.Rows, bookmark.Rejected, bookmark.Finished))]);
        }
    }

    /// <summary>Forgets a copy, which then can't be resumed; drops the progress table with the last one. The rows copied stay.</summary>
    /// <exception cref="DatabaseException">The server failed; nothing was changed.</exception>
    public static async Task RemoveAsync(IDatabase target, string copyId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!await target.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.BeginAsync(cancellationToken).ConfigureAwait(false);
            var bookmarks = new BookmarkTable(session, target.Dialect, copyId);
            if (await bookmarks.ExistsAsync(cancellationToken).ConfigureAwait(false))
            {
                await bookmarks.DeleteAsync(cancellationToken).ConfigureAwait(false);
                if (!await bookmarks.HasRowsAsync(cancellationToken).ConfigureAwait(false))
                {
                    await bookmarks.DropAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
