using System.Text;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Integrity;

/// <summary>One side of a pair as SQL of its engine. User SQL is closed on a line of its own, for it may end in a comment.</summary>
internal static class PairSql
{
    /// <summary>Exact number of rows that the pair takes from the source.</summary>
    public static string CountSource(TablePair pair, ISqlDialect dialect) => "SELECT count(*)" + FromSource(pair, dialect);

    /// <summary>Exact number of rows of the pair's target.</summary>
    public static string CountTarget(TablePair pair, ISqlDialect dialect) => "SELECT count(*) FROM " + dialect.Quote(pair.Target.Name);

    /// <summary>A SELECT of the pair's values on the source, each under the name of the target's column.</summary>
    public static string SourceValues(TablePair pair, ISqlDialect dialect)
    {
        var columns = pair.Columns.Select(column =>
            $"{Value(column.Source, dialect)} AS {dialect.Quote(column.Target.Name)}");
        return $"SELECT {string.Join(", ", columns)}{FromSource(pair, dialect)}";
    }

    /// <summary>A SELECT of the pair's columns on the target.</summary>
    public static string TargetValues(TablePair pair, ISqlDialect dialect) =>
        $"SELECT {string.Join(", ", pair.Columns.Select(column => dialect.Quote(column.Target.Name)))} FROM {dialect.Quote(pair.Target.Name)}";

    private static string Value(ReadColumn column, ISqlDialect dialect) =>
        column.Expression is { } expression ? $"(\n{expression}\n)" : dialect.Quote(column.Name);

    private static string FromSource(TablePair pair, ISqlDialect dialect)
    {
        var sql = new StringBuilder(" FROM ");
        _ = pair.SourceSql is { } query
            ? sql.Append("(\n").Append(query.TrimEnd().TrimEnd(';')).Append("\n) AS ").Append(dialect.Quote("query"))
            : sql.Append(dialect.Quote(pair.Source!.Name));
        return pair.Where is { } where ? sql.Append(" WHERE (\n").Append(where).Append("\n)").ToString() : sql.ToString();
    }
}
