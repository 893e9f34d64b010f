using System.Text.Json;
using MigrationTools.Databases.Schema;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Copying;

/// <summary>
/// What a copy without a run put aside of its target, kept there until it is back: beside the progress, so that whoever goes on with a copy that was cut off, from
/// whatever directory or host, finds both or neither.
/// </summary>
internal static class KeptConstraints
{
    /// <summary>What the copy put aside and did not put back; null where it put nothing aside.</summary>
    /// <exception cref="DatabaseException">The server failed.</exception>
    public static async Task<SuspendedConstraints?> ReadAsync(IDatabase target, string copyId, CancellationToken cancellationToken)
    {
        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        var rows = RowsOf(session, target, copyId);
        return await rows.ExistsAsync(cancellationToken).ConfigureAwait(false) && await rows.ReadAsync(cancellationToken).ConfigureAwait(false) is [var kept]
            ? JsonSerializer.Deserialize<SuspendedConstraints>(kept.Shape, MigrationJson.Line)
            : null;
    }

    /// <summary>Keeps it, before anything is put aside.</summary>
    /// <exception cref="DatabaseException">The server failed; nothing is kept.</exception>
    public static async Task WriteAsync(IDatabase target, string copyId, SuspendedConstraints suspended, CancellationToken cancellationToken)
    {
        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        var rows = RowsOf(session, target, copyId);
        await rows.CreateAsync(cancellationToken).ConfigureAwait(false);
        await rows.AddAsync(new CopyBookmark("", JsonSerializer.Serialize(suspended, MigrationJson.Line)), cancellationToken).ConfigureAwait(false);
        await session.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets it, once everything is back.</summary>
    /// <exception cref="DatabaseException">The server failed.</exception>
    public static Task RemoveAsync(IDatabase target, string copyId, CancellationToken cancellationToken) =>
        CopyProgress.RemoveAsync(target, IdOf(copyId), cancellationToken);

    // An id of its own: to the copier it is no table's bookmark.
    private static string IdOf(string copyId) => $"{copyId} (put aside)";

    private static BookmarkTable RowsOf(IDatabaseSession session, IDatabase target, string copyId) => new(session, target.Dialect, IdOf(copyId));
}
