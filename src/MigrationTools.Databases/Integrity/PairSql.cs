using System.Text;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Integrity;

/// <summary>One side of a pair as SQL of its engine. User SQL is closed on a line of its own, for it may end in a comment.</summary>
internal static class PairSql
{
    /// <summary>Exact number of rows that the pair takes from the source.</summary>
    public static async Task<string> CountSourceAsync(TablePair pair, Look source, CancellationToken cancellationToken) =>
        "SELECT count(*)" + await FromSourceAsync(pair, source, cancellationToken).ConfigureAwait(false);

    /// <summary>Exact number of rows of the pair's target.</summary>
    public static async Task<string> CountTargetAsync(TablePair pair, Look target, CancellationToken cancellationToken) =>
        "SELECT count(*) FROM " + await target.RowsOfAsync(pair.Target.Name, cancellationToken).ConfigureAwait(false);

    /// <summary>A SELECT of the pair's values on the source, each under the name of the target's column.</summary>
    public static async Task<string> SourceValuesAsync(TablePair pair, Look source, CancellationToken cancellationToken)
    {
        var dialect = source.Database.Dialect;
        var columns = pair.Columns.Select(column => $"{Value(column.Source, dialect)} AS {dialect.Quote(column.Target.Name)}");
        return $"SELECT {string.Join(", ", columns)}{await FromSourceAsync(pair, source, cancellationToken).ConfigureAwait(false)}";
    }

    /// <summary>A SELECT of the pair's columns on the target.</summary>
    public static async Task<string> TargetValuesAsync(TablePair pair, Look target, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", pair.Columns.Select(column => target.Database.Dialect.Quote(column.Target.Name)));
        return $"SELECT {columns} FROM {await target.RowsOfAsync(pair.Target.Name, cancellationToken).ConfigureAwait(false)}";
    }

    private static string Value(ReadColumn column, ISqlDialect dialect) =>
        column.Expression is { } expression ? $"(\n{expression}\n)" : dialect.Quote(column.Name);

    private static async Task<string> FromSourceAsync(TablePair pair, Look source, CancellationToken cancellationToken)
    {
        var sql = new StringBuilder(" FROM ");
        _ = pair.SourceSql is { } query
            ? sql.Append("(\n").Append(query.TrimEnd().TrimEnd(';')).Append("\n) AS ").Append(source.Database.Dialect.Quote("query"))
            : sql.Append(await source.RowsOfAsync(pair.Source!.Name, cancellationToken).ConfigureAwait(false));
        return pair.Where is { } where ? sql.Append(" WHERE (\n").Append(where).Append("\n)").ToString() : sql.ToString();
    }
}
