namespace MigrationTools.Engine.Databases;

/// <summary>How far the server has numbered: a sequence of PostgreSQL, a row of SQLite's sqlite_sequence (its documentation, "SQLite Autoincrement").</summary>
/// <param name="Sequence">The sequence; in SQLite the table that it numbers.</param>
/// <param name="Table">The table whose column owns it; null where no column does.</param>
/// <param name="Last">The last number; in SQLite null where nothing is noted.</param>
/// <param name="Used">Whether the last number was given out; where it was not, it is the next one.</param>
public sealed record SequenceState(TableName Sequence, TableName? Table, long? Last, bool Used);
