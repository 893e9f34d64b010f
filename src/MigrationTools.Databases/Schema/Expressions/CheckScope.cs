using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema.Expressions;

/// <summary>The columns that a check may speak of, and how they are named and held on the target.</summary>
/// <param name="source">The table on the source.</param>
/// <param name="target">Source column → the column made of it; columns that are not taken are missing.</param>
/// <param name="from">The source's dialect.</param>
/// <param name="to">The target's dialect.</param>
internal sealed class CheckScope(TableSchema source, IReadOnlyDictionary<string, ColumnSchema> target, ISqlDialect from, ISqlDialect to)
{
    private bool FromSqlite => from.Name == EngineTraits.Sqlite;

    private bool ToSqlite => to.Name == EngineTraits.Sqlite;

    public string Boolean(bool value) => (ToSqlite, value) switch
    {
        (true, true) => "1",
        (true, false) => "0",
        (false, true) => "TRUE",
        (false, false) => "FALSE",
    };

    /// <summary>The column that a name means on the source, as an operand for the target; or null with the reason.</summary>
    public SqlOperand? Column(SqlToken name, out string? reason)
    {
        var column = Find(name);
        if (column is null)
        {
            reason = $"'{name.Text}' is not a column of the table";
            return null;
        }

        if (!target.TryGetValue(column.Name, out var made))
        {
            reason = $"column '{column.Name}' is not taken";
            return null;
        }

        reason = null;
        return new SqlOperand(to.Quote(made.Name), KindOf(column, made));
    }

    private ColumnSchema? Find(SqlToken name)
    {
        if (FromSqlite)
        {
            return source.Columns.FirstOrDefault(column => column.Name.Equals(name.Text, StringComparison.OrdinalIgnoreCase));
        }

        var written = name.Kind == SqlTokenKind.Word ? name.Text.ToLowerInvariant() : name.Text;
        return source.FindColumn(written);
    }

    private SqlOperandKind KindOf(ColumnSchema column, ColumnSchema made)
    {
        switch (column.Type.Kind)
        {
            case LogicalKind.Boolean:
                return SqlOperandKind.Boolean;
            case LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 or LogicalKind.Decimal or LogicalKind.Float32 or LogicalKind.Float64:
                // A decimal kept as text in SQLite would compare as text: '9' > '10'.
                return !ToSqlite || Affinity(made) is SqliteAffinity.Integer or SqliteAffinity.Real or SqliteAffinity.Numeric ? SqlOperandKind.Number : SqlOperandKind.Other;
            case LogicalKind.Text when column.Collation is null && (FromSqlite || IsPlainText(column.ServerType)):
                return !ToSqlite || Affinity(made) == SqliteAffinity.Text ? SqlOperandKind.Text : SqlOperandKind.Other;
            default:
                return SqlOperandKind.Other;
        }
    }

    // citext is text of another equality.
    private static bool IsPlainText(string serverType) => serverType == "text" || serverType.StartsWith("character varying", StringComparison.Ordinal);

    private static SqliteAffinity Affinity(ColumnSchema column) => SqliteTypes.AffinityOf(column.ServerType, strict: false);
}
