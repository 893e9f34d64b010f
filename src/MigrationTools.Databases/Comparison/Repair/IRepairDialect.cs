using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>How a script of one engine is written. Refusals are one clause.</summary>
internal interface IRepairDialect
{
    /// <summary>How a person runs the script.</summary>
    string HowToRun { get; }

    /// <summary>The first line, which stops the program at the first error.</summary>
    string FirstLine { get; }

    /// <summary>Begins the transaction, with the settings that the literals rely on.</summary>
    string Begin { get; }

    /// <summary>A foreign key that can't be deferred is checked after each statement.</summary>
    bool ChecksEachStatement { get; }

    /// <summary>Why a script can't speak of a table; null where it can.</summary>
    string? RefusalOf(TableSchema table);

    /// <summary>A column's name as SQL.</summary>
    string Name(ColumnSchema column);

    /// <summary>A value for a column, after its conversion to the column's type.</summary>
    string Literal(ColumnSchema column, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal);

    /// <summary>A long value for a column, which is written in pieces; null where it is refused, or values of its kind are never long.</summary>
    LongLiteral? Long(ColumnSchema column, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal);

    /// <summary>Bytes of SQL for one value that the engine takes.</summary>
    long LongestLiteral { get; }

    /// <summary>Bytes of SQL for one statement that the engine takes.</summary>
    long LongestStatement { get; }

    /// <summary>A condition on a key's column by the value that it holds.</summary>
    string KeyEquals(TableSchema table, ColumnSchema column, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal);

    /// <summary>A condition on any column by the value that it holds; NULL is the same as NULL.</summary>
    string Same(TableSchema table, ColumnSchema column, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal);

    /// <summary>Up to the values: <c>INSERT INTO … VALUES</c>.</summary>
    string InsertInto(TableSchema table, IReadOnlyList<ColumnSchema> columns);

    /// <summary>The table of an UPDATE or DELETE, without the rows of tables that inherit from it.</summary>
    string OwnRowsOf(TableSchema table);

    /// <summary>Deletes exactly so many of the rows that a condition meets, which are all the same.</summary>
    string DeleteCopies(TableSchema table, string condition, long count);

    /// <summary>
    /// A condition on a row of the table that is referred to: true where no row refers to it, and an error that names the table which does where one is. Null
    /// where it can't be written.
    /// </summary>
    string? NoneRefers(RepairReference reference);
}
