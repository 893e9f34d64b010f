using System.Globalization;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>Reads where the sequences stand. The catalogue doesn't tell whether the last value was given out; only the sequence itself does.</summary>
internal static class PostgresSequences
{
    private const string Reading = "Reading the sequences";

    public static async Task<IReadOnlyList<SequenceState>> ReadAsync(PostgresConnection connection, PostgresDialect dialect, CancellationToken cancellationToken)
    {
        var names = (await connection.QueryAsync(PostgresCatalogSql.ReadableSequences, [], Reading, cancellationToken).ConfigureAwait(false))
            .Select(row => (Sequence: new TableName(row[0], row[1]!), Table: row[3] is null ? null : new TableName(row[2], row[3]!)))
            .ToList();
        if (names.Count == 0)
        {
            return [];
        }

        var sql = string.Join(
            " UNION ALL ",
            names.Select((name, place) => string.Create(CultureInfo.InvariantCulture, $"SELECT {place} AS place, last_value, is_called FROM {dialect.Quote(name.Sequence)}")));
        var rows = await connection.QueryAsync(sql + " ORDER BY place", [], Reading, cancellationToken).ConfigureAwait(false);
        return [.. names.Zip(rows, (name, row) => new SequenceState(name.Sequence, name.Table, long.Parse(row[1]!, CultureInfo.InvariantCulture), row[2] == "t"))];
    }
}
