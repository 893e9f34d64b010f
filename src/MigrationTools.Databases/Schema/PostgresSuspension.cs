using System.Text.Json;
using MigrationTools.Databases.Postgres;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>PostgreSQL: every key, index and foreign key that its own definition describes whole can go and come back.</summary>
internal sealed class PostgresSuspension(IDatabaseSession session, ISqlDialect dialect) : ISuspendingEngine
{
    // Class 23 of the error codes (PostgreSQL's documentation, Appendix A): integrity constraint violation.
    private const string IntegrityClass = "23";

    private const string InvalidForeignKey = "42830";

    private bool _qualified;

    public async Task<SuspendedConstraints> PlanAsync(IReadOnlyList<TableName> tables, CancellationToken cancellationToken)
    {
        await QualifyAsync(cancellationToken).ConfigureAwait(false);
        var left = new List<string>();
        var empty = new List<TableName>();
        foreach (var table in tables.Select(table => table with { Schema = table.Schema ?? "public" }))
        {
            var filled = await session.QueryAsync($"SELECT EXISTS (SELECT 1 FROM {dialect.Quote(table)})::int", [], cancellationToken).ConfigureAwait(false);
            if (filled[0][0] == "0")
            {
                empty.Add(table);
            }
            else
            {
                left.Add($"everything of '{table}': it holds rows");
            }
        }

        var wanted = JsonSerializer.Serialize(empty.Select(table => new { schema = table.Schema, name = table.Name }));
        var foreignKeys = await session.QueryAsync(PostgresSuspensionSql.ForeignKeys, [wanted], cancellationToken).ConfigureAwait(false);
        var indexes = await session.QueryAsync(PostgresSuspensionSql.Indexes, [wanted], cancellationToken).ConfigureAwait(false);
        List<SuspendedObject> objects = [.. indexes.Where(row => row[6] == "true").Select(Index), .. foreignKeys.Where(row => row[8] == "true").Select(ForeignKey)];

        const string why = "its definition alone would not bring it back, or something depends on it";
        left.AddRange(indexes.Where(row => row[6] != "true").Select(row => $"'{row[2]}' of '{row[0]}.{row[1]}': {why}"));
        left.AddRange(foreignKeys.Where(row => row[8] != "true").Select(row => $"foreign key '{row[2]}' of '{row[0]}.{row[1]}': {why}"));
        return new SuspendedConstraints { Engine = dialect.Name, Objects = [.. objects.OrderBy(item => item.Kind)], LeftInPlace = left };
    }

    public Task DropAsync(SuspendedObject item, CancellationToken cancellationToken) => session.ExecuteAsync(
        item.Kind == SuspendedObjectKind.Index
            ? $"DROP INDEX IF EXISTS {dialect.Quote(new TableName(item.Table.Schema, item.Name))}"
            : $"ALTER TABLE IF EXISTS {dialect.Quote(item.Table)} DROP CONSTRAINT IF EXISTS {dialect.Quote(item.Name)}",
        [],
        cancellationToken);

    public async Task<string?> RestoreAsync(SuspendedObject item, CancellationToken cancellationToken)
    {
        await QualifyAsync(cancellationToken).ConfigureAwait(false);
        if (await FindAsync(item, cancellationToken).ConfigureAwait(false) is { } found)
        {
            return found == item.Definition ? null : $"'{item.Name}' of '{item.Table}' is there, but as: {found}.";
        }

        try
        {
            var sql = item.Kind == SuspendedObjectKind.Index
                ? item.Definition
                : $"ALTER TABLE {dialect.Quote(item.Table)} ADD CONSTRAINT {dialect.Quote(item.Name)} {item.Definition}";
            await session.ExecuteAsync(sql, [], cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (DatabaseException error) when (error.ServerCode?.StartsWith(IntegrityClass, StringComparison.Ordinal) == true)
        {
            // Operators of types from extensions are found only by the path.
            await session.ExecuteAsync("RESET search_path", [], cancellationToken).ConfigureAwait(false);
            _qualified = false;
            return await new ConstraintViolations(session, dialect).DescribeAsync(item, "the server refused it because of its rows", cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (item.Kind == SuspendedObjectKind.ForeignKey && error.ServerCode == InvalidForeignKey)
        {
            return $"Foreign key '{item.Name}' of '{item.Table}': the key of '{item.References}' that it refers to is not in place.";
        }
    }

    public Task<IReadOnlyList<string>> CheckAsync(TableName table, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    // With an empty search path the server qualifies every name in the definitions that it gives (as pg_dump has it do).
    private async Task QualifyAsync(CancellationToken cancellationToken)
    {
        if (!_qualified)
        {
            await session.ExecuteAsync("SELECT pg_catalog.set_config('search_path', '', false)", [], cancellationToken).ConfigureAwait(false);
            _qualified = true;
        }
    }

    private async Task<string?> FindAsync(SuspendedObject item, CancellationToken cancellationToken)
    {
        var rows = item.Kind == SuspendedObjectKind.Index
            ? await session.QueryAsync(PostgresSuspensionSql.Index, [item.Table.Schema, item.Name], cancellationToken).ConfigureAwait(false)
            : await session.QueryAsync(PostgresSuspensionSql.Constraint, [item.Table.Schema, item.Table.Name, item.Name], cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0][0];
    }

    private static SuspendedObject Index(IReadOnlyList<string?> row) => new()
    {
        Table = new TableName(row[0], row[1]!),
        Name = row[2]!,
        Kind = row[3] switch { "p" => SuspendedObjectKind.PrimaryKey, "u" => SuspendedObjectKind.UniqueKey, _ => SuspendedObjectKind.Index },
        Definition = row[4]!,
        Columns = PostgresNames.Of(row[5]),
    };

    private static SuspendedObject ForeignKey(IReadOnlyList<string?> row) => new()
    {
        Kind = SuspendedObjectKind.ForeignKey,
        Table = new TableName(row[0], row[1]!),
        Name = row[2]!,
        Definition = row[3]!,
        Columns = PostgresNames.Of(row[4]),
        References = new TableName(row[5], row[6]!),
        ReferencedColumns = PostgresNames.Of(row[7]),
    };
}
