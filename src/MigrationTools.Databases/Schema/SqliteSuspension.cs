using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>SQLite: indexes made by CREATE INDEX can be dropped; keys and foreign keys are part of the table and stay.</summary>
internal sealed class SqliteSuspension(IDatabaseSession session, ISqlDialect dialect) : ISuspendingEngine
{
    // SQLITE_CONSTRAINT of sqlite.org/rescode.html, the low byte of all its extended codes.
    private const int Constraint = 19;

    public async Task<SuspendedConstraints> PlanAsync(IReadOnlyList<TableName> tables, CancellationToken cancellationToken)
    {
        var objects = new List<SuspendedObject>();
        var left = new List<string>();
        foreach (var table in tables)
        {
            var filled = await session.QueryAsync($"SELECT EXISTS (SELECT 1 FROM {dialect.Quote(table)})", [], cancellationToken).ConfigureAwait(false);
            if (filled[0][0] != "0")
            {
                left.Add($"everything of '{table}': it holds rows");
                continue;
            }

            const string query = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = $1 COLLATE NOCASE ORDER BY name";
            foreach (var row in await session.QueryAsync(query, [table.Name], cancellationToken).ConfigureAwait(false))
            {
                objects.Add(new SuspendedObject
                {
                    Kind = SuspendedObjectKind.Index,
                    Table = table,
                    Name = row[0]!,
                    Definition = row[1]!,
                    Columns = await ColumnsAsync(row[0]!, cancellationToken).ConfigureAwait(false),
                });
            }
        }

        return new SuspendedConstraints { Engine = dialect.Name, Objects = objects, ToCheck = tables, LeftInPlace = left };
    }

    public Task DropAsync(SuspendedObject item, CancellationToken cancellationToken) =>
        session.ExecuteAsync($"DROP INDEX IF EXISTS {dialect.Quote(item.Name)}", [], cancellationToken);

    public async Task<string?> RestoreAsync(SuspendedObject item, CancellationToken cancellationToken)
    {
        var there = await session.QueryAsync("SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = $1", [item.Name], cancellationToken).ConfigureAwait(false);
        if (there.Count > 0)
        {
            return there[0][0] == item.Definition ? null : $"Index '{item.Name}' of '{item.Table}' is there, but as: {there[0][0]}.";
        }

        try
        {
            await session.ExecuteAsync(item.Definition, [], cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (DatabaseException error) when (int.TryParse(error.ServerCode, out var code) && (code & 0xFF) == Constraint)
        {
            return await new ConstraintViolations(session, dialect).DescribeAsync(item, "rows have the same key", cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<string>> CheckAsync(TableName table, CancellationToken cancellationToken)
    {
        const string query = """
            SELECT v.parent, v.fkid, count(*), min(v.rowid), (SELECT group_concat(f."from", ', ') FROM pragma_foreign_key_list($1) AS f WHERE f.id = v.fkid)
            FROM pragma_foreign_key_check($1) AS v
            GROUP BY v.parent, v.fkid
            ORDER BY v.fkid
            """;
        var rows = await session.QueryAsync(query, [table.Name], cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => $"Foreign key ({row[4]}) of '{table}': {row[2]} rows refer to rows of '{row[0]}' that are not there{(row[3] is null ? "" : $", first rowid {row[3]}")}.")];
    }

    private async Task<IReadOnlyList<string>> ColumnsAsync(string index, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync("SELECT name FROM pragma_index_xinfo($1) WHERE key = 1 ORDER BY seqno", [index], cancellationToken).ConfigureAwait(false);
        return rows.Any(row => row[0] is null) ? [] : [.. rows.Select(row => row[0]!)];
    }
}
