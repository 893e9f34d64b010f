using System.Globalization;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>Counts the rows that break a constraint, and names the first of them.</summary>
internal sealed class ConstraintViolations(IDatabaseSession session, ISqlDialect dialect)
{
    /// <summary>How many offending keys are named.</summary>
    public const int Named = 5;

    public async Task<string> DescribeAsync(SuspendedObject item, string seen, CancellationToken cancellationToken)
    {
        var what = $"{Label(item.Kind)} '{item.Name}' of '{item.Table}'";
        if (item.Columns.Count == 0)
        {
            return $"{what}: {seen}.";
        }

        return item.Kind == SuspendedObjectKind.ForeignKey
            ? await OrphansAsync(what, item, seen, cancellationToken).ConfigureAwait(false)
            : await DuplicatesAsync(what, item, seen, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> DuplicatesAsync(string what, SuspendedObject item, string seen, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", item.Columns.Select(dialect.Quote));
        var groups = $"""
            SELECT {columns}, count(*) AS migrationtools_rows
            FROM {dialect.Quote(item.Table)}
            WHERE {NotNull(item.Columns, dialect.Quote)}
            GROUP BY {columns}
            HAVING count(*) > 1
            """;
        var counts = await session.QueryAsync($"SELECT count(*), sum(migrationtools_rows) FROM ({groups}) AS g", [], cancellationToken).ConfigureAwait(false);
        if (counts[0][0] == "0")
        {
            return $"{what}: {seen}.";
        }

        var first = await session.QueryAsync($"{groups} ORDER BY {columns} LIMIT {Named}", [], cancellationToken).ConfigureAwait(false);
        return $"{what}: {counts[0][0]} keys stand in {counts[0][1]} rows, first {Keys(first, item.Columns)}.";
    }

    private async Task<string> OrphansAsync(string what, SuspendedObject item, string seen, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", item.Columns.Select(Child));
        var joined = string.Join(" AND ", item.Columns.Zip(item.ReferencedColumns, (child, parent) => $"parent.{dialect.Quote(parent)} = {Child(child)}"));
        var orphans = $"""
            FROM {dialect.Quote(item.Table)} AS child
            WHERE {NotNull(item.Columns, Child)}
            AND NOT EXISTS (SELECT 1 FROM {dialect.Quote(item.References!)} AS parent WHERE {joined})
            """;
        var counts = await session.QueryAsync($"SELECT count(*) {orphans}", [], cancellationToken).ConfigureAwait(false);
        if (counts[0][0] == "0")
        {
            return $"{what}: {seen}.";
        }

        var first = await session.QueryAsync($"SELECT DISTINCT {columns} {orphans} ORDER BY {columns} LIMIT {Named}", [], cancellationToken).ConfigureAwait(false);
        return $"{what}: {counts[0][0]} rows refer to rows of '{item.References}' that are not there, first {Keys(first, item.Columns)}.";

        string Child(string column) => "child." + dialect.Quote(column);
    }

    private static string NotNull(IReadOnlyList<string> columns, Func<string, string> quote) =>
        string.Join(" AND ", columns.Select(column => quote(column) + " IS NOT NULL"));

    private static string Keys(IReadOnlyList<IReadOnlyList<string?>> rows, IReadOnlyList<string> columns) =>
        string.Join("; ", rows.Select(row => string.Join(", ", columns.Select((column, at) => string.Create(CultureInfo.InvariantCulture, $"{column}={row[at] ?? "NULL"}")))));

    private static string Label(SuspendedObjectKind kind) => kind switch
    {
        SuspendedObjectKind.PrimaryKey => "Primary key",
        SuspendedObjectKind.UniqueKey => "Unique key",
        SuspendedObjectKind.ForeignKey => "Foreign key",
        _ => "Index",
    };
}
