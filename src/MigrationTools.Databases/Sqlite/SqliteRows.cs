using SQLitePCL;

namespace MigrationTools.Databases.Sqlite;

/// <summary>Small results as text, for the schema and for measures.</summary>
internal static class SqliteRows
{
    public static List<IReadOnlyList<string?>> Of(SqliteConnectionHandle connection, string sql, IReadOnlyList<object?> values, string doing, CancellationToken cancellationToken)
    {
        using var statement = connection.Prepare(sql, doing);
        BindAll(connection, statement, values, doing);
        return Collect(connection, statement, doing, cancellationToken);
    }

    public static List<IReadOnlyList<string?>> Collect(SqliteConnectionHandle connection, sqlite3_stmt statement, string doing, CancellationToken cancellationToken)
    {
        var rows = new List<IReadOnlyList<string?>>();
        while (connection.Step(statement, doing, cancellationToken) == raw.SQLITE_ROW)
        {
            var row = new string?[raw.sqlite3_column_count(statement)];
            for (var column = 0; column < row.Length; column++)
            {
                row[column] = SqliteValues.TextAt(statement, column);
            }

            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Binds $1, $2 … (and ?1, ?2 …) wherever a statement names them.</summary>
    public static void BindAll(SqliteConnectionHandle connection, sqlite3_stmt statement, IReadOnlyList<object?> values, string doing)
    {
        var count = raw.sqlite3_bind_parameter_count(statement);
        for (var index = 1; index <= count; index++)
        {
            var name = raw.sqlite3_bind_parameter_name(statement, index).utf8_to_string();
            if (name is null && !IsNumberedGap(statement, index))
            {
                throw new ArgumentException($"{doing}: a parameter without a number; write $1, $2 …", nameof(values));
            }

            if (name is null)
            {
                continue;
            }

            if (!int.TryParse(name.AsSpan(1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var place) || place < 1 || place > values.Count)
            {
                throw new ArgumentException($"{doing}: no value for the parameter {name}; {values.Count} are given.", nameof(values));
            }

            var code = SqliteValues.Bind(statement, index, values[place - 1]);
            if (code != raw.SQLITE_OK)
            {
                throw connection.Error(doing, code);
            }
        }
    }

    // ?3 alone makes three parameters, of which two have no name; so does a bare ?, which leaves none in the SQL's numbered ones.
    private static bool IsNumberedGap(sqlite3_stmt statement, int index)
    {
        for (var later = index + 1; later <= raw.sqlite3_bind_parameter_count(statement); later++)
        {
            if (raw.sqlite3_bind_parameter_name(statement, later).utf8_to_string() is { } name && name.StartsWith('?'))
            {
                return true;
            }
        }

        return false;
    }
}
