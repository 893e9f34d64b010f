using MigrationTools.Databases.Copying;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Runs;

/// <summary>What an engine needs to hold a store of runs.</summary>
internal sealed record RunTableHabits
{
    /// <summary>Run once on a session.</summary>
    public string? OnOpen { get; init; }

    /// <summary>Run in a transaction, keeps every other that runs it out until the transaction ends; null where a transaction alone does so.</summary>
    public string? Lock { get; init; }

    /// <summary>Gives 1 where table $1 is there, else 0.</summary>
    public required string TableExists { get; init; }

    public static RunTableHabits Of(ISqlDialect dialect) => dialect.Name == "sqlite"
        ? new RunTableHabits { TableExists = TargetHabits.Of(dialect).TableExists }
        : new RunTableHabits
        {
            // A source that is fenced read-only for everybody else may be where the runs are kept. A commit must survive a power
            // cut whatever the server's default is; stricter settings than that are left alone.
            OnOpen =
                """
                SELECT set_config('default_transaction_read_only', 'off', false);
                SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
                """,
            // Any number will do that nobody else uses: it spells migrTool.
            Lock = "SELECT pg_catalog.pg_advisory_xact_lock(7883946363429285740)",
            TableExists = TargetHabits.Of(dialect).TableExists,
        };
}
