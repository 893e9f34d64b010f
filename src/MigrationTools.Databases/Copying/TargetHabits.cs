using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Copying;

/// <summary>What an engine needs when it is written to in bulk.</summary>
internal sealed record TargetHabits
{
    /// <summary>Only one session can write at a time.</summary>
    public bool OneWriter { get; init; }

    /// <summary>Run once on a session.</summary>
    public string? OnOpen { get; init; }

    /// <summary>Run at the start of every transaction.</summary>
    public string? OnBegin { get; init; }

    /// <summary>Gives 1 where table $1 is there, else 0.</summary>
    public required string TableExists { get; init; }

    public static TargetHabits Of(ISqlDialect dialect) => dialect.Name == "sqlite"
        ? new TargetHabits
        {
            OneWriter = true,
            // Tables come in any order; ConstraintSuspension.RestoreAsync checks what is not enforced here.
            OnOpen = "PRAGMA foreign_keys = OFF",
            TableExists = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $1",
        }
        : new TargetHabits
        {
            // A constraint deferred to the commit would fail a whole chunk without a word on which of its rows.
            OnBegin = "SET CONSTRAINTS ALL IMMEDIATE",
            TableExists = "SELECT (pg_catalog.to_regclass(pg_catalog.quote_ident($1)) IS NOT NULL)::int",
        };
}
