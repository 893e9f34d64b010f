using MigrationTools.Databases.Copying;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// A run's mark in its target that it has made the schema, written in the transaction that makes it and kept among the progress of copies until cut-over. Objects that were not there
/// before may be anybody's; by the mark alone they are known to be the run's.
/// </summary>
internal static class SchemaMark
{
    /// <summary>Writes it, in the session's transaction.</summary>
    public static async Task WriteAsync(IDatabaseSession session, ISqlDialect dialect, StepContext context, CancellationToken cancellationToken)
    {
        var marks = new BookmarkTable(session, dialect, IdOf(context));
        await marks.CreateAsync(cancellationToken).ConfigureAwait(false);
        await marks.AddAsync(new CopyBookmark("", ""), cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="DatabaseException">The server failed.</exception>
    public static async Task<bool> IsThereAsync(IDatabase target, StepContext context, CancellationToken cancellationToken)
    {
        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        var marks = new BookmarkTable(session, target.Dialect, IdOf(context));
        return await marks.ExistsAsync(cancellationToken).ConfigureAwait(false) && (await marks.ReadAsync(cancellationToken).ConfigureAwait(false)).Count > 0;
    }

    /// <exception cref="DatabaseException">The server failed.</exception>
    public static Task RemoveAsync(IDatabase target, StepContext context, CancellationToken cancellationToken) =>
        CopyProgress.RemoveAsync(target, IdOf(context), cancellationToken);

    private static string IdOf(StepContext context) => $"{CopyStep.CopyIdOf(context)} (schema)";
}
