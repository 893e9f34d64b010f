namespace MigrationTools.Engine.Databases;

/// <summary>How an engine writes SQL. Identifiers are always quoted here.</summary>
public interface ISqlDialect
{
    /// <summary>sqlite or postgresql: the word that specs use for SQL of one engine.</summary>
    string Name { get; }

    string Quote(string identifier);

    string Quote(TableName table);

    /// <summary>The type in which this engine holds a logical type of another.</summary>
    /// <param name="type">The type by meaning.</param>
    /// <param name="identity">Whether the server numbers the column.</param>
    string TypeFor(LogicalType type, bool identity);

    /// <summary>CREATE TABLE with columns, primary and unique keys and checks (SQLite also foreign keys, which it can't add later).</summary>
    string CreateTable(TableSchema table);

    string DropTable(TableName table);

    /// <summary>Drops several that may refer to each other, and nothing else that depends on them: one statement where the engine has that.</summary>
    IReadOnlyList<string> DropTables(IReadOnlyList<TableName> tables);

    string CreateIndex(TableName table, IndexSchema index);

    string DropIndex(TableName table, IndexSchema index);

    /// <summary>Null where the engine can't add one to a table that stands (SQLite).</summary>
    string? AddForeignKey(TableName table, ForeignKeySchema key);

    string? DropForeignKey(TableName table, ForeignKeySchema key);

    /// <summary>Null where the engine can't (SQLite).</summary>
    string? AddKey(TableName table, KeySchema key, bool primary);

    string? DropKey(TableName table, KeySchema key);

    /// <summary>Sets what the server numbers next to one more than the largest value; null where that needs nothing.</summary>
    string? AdvanceIdentity(TableName table, string column);

    /// <summary>Sets a sequence to where it stood; null where the engine has no position to set.</summary>
    string? SetSequence(SequenceState position);
}
