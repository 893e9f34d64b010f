using System.Text;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>What differs between engines when a schema crosses from one to another, apart from how SQL is written.</summary>
internal sealed record EngineTraits
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgresql";

    /// <summary>The schema of a table that names none; null where the engine has no schemas.</summary>
    public string? DefaultSchema { get; init; }

    /// <summary>Compares names of tables and columns as the engine does.</summary>
    public required StringComparer Names { get; init; }

    /// <summary>Longest name in bytes of UTF-8; null where there is no limit.</summary>
    public int? MaxNameBytes { get; init; }

    /// <summary>Primary and unique keys are relations whose names must be free in the schema (PostgreSQL's documentation of CREATE TABLE, "CONSTRAINT").</summary>
    public bool KeyNamesAreRelations { get; init; }

    /// <summary>Only a single-column primary key can be numbered by the server.</summary>
    public bool IdentityOnlyAsKey { get; init; }

    /// <summary>Foreign keys stand in CREATE TABLE and can't be added later.</summary>
    public bool ForeignKeysInline { get; init; }

    /// <exception cref="InvalidRequestException">No conversion is known for the engine.</exception>
    public static EngineTraits Of(ISqlDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        return dialect.Name switch
        {
            // SQLite folds only ASCII letters when it compares names; OrdinalIgnoreCase is stricter, which errs towards saying so.
            Sqlite => new EngineTraits { Names = StringComparer.OrdinalIgnoreCase, IdentityOnlyAsKey = true, ForeignKeysInline = true },
            Postgres => new EngineTraits { Names = StringComparer.Ordinal, DefaultSchema = "public", MaxNameBytes = 63, KeyNamesAreRelations = true },
            _ => throw new InvalidRequestException($"Schemas can't be converted to or from '{dialect.Name}'. Use versioned scripts for the target's schema."),
        };
    }

    public bool FitsName(string name) => MaxNameBytes is not { } limit || Encoding.UTF8.GetByteCount(name) <= limit;

    /// <summary>The name as the engine would have it: with its default schema, or without one.</summary>
    public TableName Place(TableName name) => new(DefaultSchema is null ? null : name.Schema ?? DefaultSchema, name.Name);
}
