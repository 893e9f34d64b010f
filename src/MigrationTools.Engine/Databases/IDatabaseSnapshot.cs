namespace MigrationTools.Engine.Databases;

/// <summary>
/// One consistent view of a database, whatever is written meanwhile, that several readers share (PostgreSQL: an exported
/// snapshot; SQLite: one read transaction a connection, checked to be of the same state).
/// </summary>
public interface IDatabaseSnapshot : IAsyncDisposable
{
    /// <summary>What names the state, for evidence: PostgreSQL's snapshot id and WAL position, SQLite's change counter.</summary>
    string Position { get; }

    /// <summary>Opens a reader on a connection of its own; several may be open at once.</summary>
    Task<IRowReader> ReadAsync(RowQuery query, CancellationToken cancellationToken);

    /// <summary>The first value of the first row, as text that the engine gives; null for NULL or no row. Statements only read.</summary>
    Task<string?> ScalarAsync(string sql, CancellationToken cancellationToken);

    /// <summary>The same of a person's query, read to its end: the answer tells where it gave more than the one value. Statements only read.</summary>
    Task<QueryAnswer> AskAsync(string sql, CancellationToken cancellationToken);

    /// <summary>
    /// Every sequence that this user may read, by name. Sequences of PostgreSQL belong to no transaction, so that these are of now, not of the snapshot.
    /// </summary>
    Task<IReadOnlyList<SequenceState>> ReadSequencesAsync(CancellationToken cancellationToken);

    /// <summary>Exact number of rows.</summary>
    Task<long> CountAsync(RowQuery query, CancellationToken cancellationToken);
}
