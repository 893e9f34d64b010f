using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>
/// Drops keys, indexes and foreign keys of empty tables so that rows can be loaded fast, in parallel and in any order, and makes them
/// again, so that the server checks every row then. Exactly what was there comes back; what could not come back
/// exactly (it has a comment, clusters the table, another object depends on it …) is left in place.
/// </summary>
/// <remarks>
/// SQLite can only drop indexes; its foreign keys stay, <see cref="Copying.DatabaseCopier"/> does not enforce them, and restoring checks
/// them. Every method opens a session of its own.
/// </remarks>
public static class ConstraintSuspension
{
    /// <summary>Looks at what of the tables can be suspended; changes nothing. Tables that hold rows are left alone.</summary>
    /// <exception cref="DatabaseException">The server failed, or a table is not there.</exception>
    public static async Task<SuspendedConstraints> PlanAsync(IDatabase target, IReadOnlyList<TableName> tables, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(tables);
        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            return await For(target, session, target.Dialect.Name).PlanAsync(tables, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Drops what the plan names and what is still there; in one transaction.</summary>
    /// <exception cref="DatabaseException">The server refused; nothing was dropped.</exception>
    public static async Task SuspendAsync(IDatabase target, SuspendedConstraints suspended, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(suspended);
        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var engine = For(target, session, suspended.Engine);
            await session.BeginAsync(cancellationToken).ConfigureAwait(false);
            foreach (var item in suspended.Objects.Reverse())
            {
                await engine.DropAsync(item, cancellationToken).ConfigureAwait(false);
            }

            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes what the plan names and what is not there yet, one by one, so that a later call goes on where this one was stopped.</summary>
    /// <exception cref="DatabaseException">
    /// Rows break a constraint: all that are broken are named, with counts and the first offending keys; those that hold are in place.
    /// Or the server failed.
    /// </exception>
    public static async Task RestoreAsync(IDatabase target, SuspendedConstraints suspended, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(suspended);
        var violations = new List<string>();
        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var engine = For(target, session, suspended.Engine);
            foreach (var item in suspended.Objects)
            {
                if (await engine.RestoreAsync(item, cancellationToken).ConfigureAwait(false) is { } violation)
                {
                    violations.Add(violation);
                }
            }

            foreach (var table in suspended.ToCheck)
            {
                violations.AddRange(await engine.CheckAsync(table, cancellationToken).ConfigureAwait(false));
            }
        }

        if (violations.Count > 0)
        {
            throw new DatabaseException(
                ErrorIds.DatabaseError,
                $"{violations.Count} of the constraints of {target.Endpoint} could not be made again: {string.Join(" ", violations)} Mend the rows, then restore again; the other constraints are in place.")
            {
                IsDataError = true,
            };
        }
    }

    private static ISuspendingEngine For(IDatabase target, IDatabaseSession session, string engine)
    {
        if (target.Dialect.Name != engine)
        {
            throw new InvalidRequestException($"What was suspended is of {engine}, but {target.Endpoint} is {target.Dialect.Name}. Give the target that it was suspended on.");
        }

        return engine switch
        {
            EngineTraits.Postgres => new PostgresSuspension(session, target.Dialect),
            EngineTraits.Sqlite => new SqliteSuspension(session, target.Dialect),
            _ => throw new InvalidRequestException($"Constraints of '{engine}' can't be suspended."),
        };
    }
}
