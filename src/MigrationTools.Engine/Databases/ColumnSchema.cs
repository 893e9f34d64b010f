namespace MigrationTools.Engine.Databases;

/// <summary>A column's structure.</summary>
public sealed record ColumnSchema
{
    public required string Name { get; init; }

    /// <summary>The type by meaning.</summary>
    public required LogicalType Type { get; init; }

    /// <summary>The type as the server writes it, such as <c>numeric(12,2)</c>.</summary>
    public required string ServerType { get; init; }

    /// <summary>It is not declared NOT NULL.</summary>
    public bool Nullable { get; init; } = true;

    /// <summary>
    /// It is declared NOT NULL by what the server does not check everywhere: a domain (PostgreSQL documentation, CREATE DOMAIN, Notes), a constraint that is not valid
    /// yet, or a table some of whose partitions lie elsewhere.
    /// </summary>
    public bool NotNullUnchecked { get; init; }

    /// <summary>A row may hold NULL in it, declared or not.</summary>
    public bool MayHoldNull => Nullable || NotNullUnchecked;

    /// <summary>The default as SQL of the server; null where there is none (or it is the identity's).</summary>
    public string? Default { get; init; }

    /// <summary>The server numbers it: identity, serial, or SQLite's INTEGER PRIMARY KEY.</summary>
    public bool Identity { get; init; }

    /// <summary>The server takes no number for it from an UPDATE, nor from an INSERT that does not override it (GENERATED ALWAYS AS IDENTITY).</summary>
    public bool IdentityAlways { get; init; }

    /// <summary>A number that was given out is never given out again, though its row is deleted (SQLite's AUTOINCREMENT; sqlite.org/autoinc.html).</summary>
    public bool Autoincrement { get; init; }

    /// <summary>Each value brings its own type, whatever is declared: a text and the same bytes as a blob are two values (SQLite; sqlite.org/datatype3.html).</summary>
    public bool HoldsAnyType { get; init; }

    /// <summary>Computed by the server: can be compared, is not copied.</summary>
    public bool Generated { get; init; }

    /// <summary>Collation as the server names it; null for its default.</summary>
    public string? Collation { get; init; }
}
