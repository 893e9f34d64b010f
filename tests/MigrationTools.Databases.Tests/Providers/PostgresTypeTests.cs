using MigrationTools.Databases.Postgres;
using MigrationTools.Engine.Databases;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Providers;

/// <summary>PostgreSQL's own types: from one database into another, judged by the server.</summary>
public sealed class PostgresTypeTests(PostgresCluster cluster) : IAsyncLifetime
{
    private PostgresTestDatabase _from = null!;
    private PostgresTestDatabase _to = null!;
    private IDatabase _source = null!;
    private IDatabase _target = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _from = await cluster.CreateDatabaseAsync();
        _to = await cluster.CreateDatabaseAsync();
        _source = new PostgresProvider().Open(_from.Endpoint);
        _target = new PostgresProvider().Open(_to.Endpoint);

        // So that no oid of a type is by chance the same in both.
        await _target.ExecuteAsync("CREATE TYPE shift1 AS ENUM ('x'); CREATE TYPE shift2 AS (a int)");
    }

    public async ValueTask DisposeAsync()
    {
        if (_from is not null)
        {
            await _source.DisposeAsync();
            await _target.DisposeAsync();
            await _from.DisposeAsync();
            await _to.DisposeAsync();
        }
    }

    public static TheoryData<string, string, string, string> Types() => new()
    {
        { "", "int[]", "'{1,NULL,3}'", "Opaque" },
        { "", "text[][]", "'{{a,\"b,c\"},{NULL,\"\"}}'", "Opaque" },
        { "", "int4range", "'[1,5)'", "Opaque" },
        { "", "tstzmultirange", "'{[2020-01-01,2020-02-01),[2021-01-01,)}'", "Opaque" },
        { "", "inet", "'192.168.0.1/24'", "Opaque" },
        { "", "cidr", "'10.0.0.0/8'", "Opaque" },
        { "", "macaddr", "'08:00:2b:01:02:03'", "Opaque" },
        { "", "timetz", "'10:11:12.345+05:45'", "Opaque" },
        { "", "tsvector", "to_tsvector('simple', 'a fat cat')", "Opaque" },
        { "", "bit(5)", "'10101'", "Opaque" },
        { "", "varbit", "'101'", "Opaque" },
        { "", "money", "'12.34'", "Opaque" },
        { "", "point", "'(1.5,-2)'", "Opaque" },
        { "", "polygon", "'((0,0),(1,0),(1,1))'", "Opaque" },
        { "", "xml", "'<a>é</a>'", "Text" },
        { "", "name", "'a name'", "Text" },
        { "", "\"char\"", "'x'", "Text" },
        { "", "\"char\"", "''", "Text" },
        { "", "oid", "4294967295", "Int64" },
        { "", "json", "'{\"b\":1, \"a\":[1.0]}'", "Json" },
        { "", "jsonb", "'{\"b\":1, \"a\":[1.0]}'", "Json" },
        { "", "varchar(5)", "'äöüÄÖ'", "Text" },
        { "", "char(5)", "'ab'", "Text" },
        { "", "interval", "'-1 year 2 mons -3 days 04:05:06.789'", "Interval" },
        { "", "numeric", "'-12345678901234567890.000012300'", "Decimal" },
        { "", "numeric(6,-2)", "123456", "Decimal" },
        { "", "timestamp", "'4713-01-01 00:00:00 BC'", "Timestamp" },
        { "", "timestamptz", "'294276-12-31 23:59:59.999999+00'", "TimestampTz" },
        { "CREATE TYPE mood AS ENUM ('sad', 'it''s ok', '😀')", "mood", "'😀'", "Text" },
        { "CREATE TYPE mood AS ENUM ('sad', 'it''s ok', '😀')", "mood[]", "'{sad,NULL,😀}'", "Opaque" },
        { "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TYPE pair AS (a int, gone text, m mood[]); ALTER TYPE pair DROP ATTRIBUTE gone", "pair", "'(5,\"{ok,sad}\")'", "Opaque" },
        { "CREATE TYPE pair AS (a int, b text); CREATE TYPE nest AS (p pair, q pair[])", "nest[]", "ARRAY[ROW(ROW(1,'x')::pair, ARRAY[ROW(2,NULL)::pair])::nest, NULL]", "Opaque" },
        { "CREATE DOMAIN small AS int CHECK (VALUE < 10); CREATE DOMAIN smaller AS small NOT NULL", "smaller", "7", "Int64" },
        { "CREATE DOMAIN tags AS text[]", "tags", "'{a,b}'", "Opaque" },
        { "CREATE DOMAIN code AS text", "code[]", "'{a,b}'", "Opaque" },
        { "CREATE TYPE span AS RANGE (subtype = float8)", "span", "'[1.5,2.5]'", "Opaque" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_value_of_a_servers_own_type_goes_from_database_to_database(string setUp, string type, string value, string kind)
    {
        var sql = $"{setUp}; CREATE TABLE t (a {type})";
        await _source.ExecuteAsync(sql + $"; INSERT INTO t VALUES ({value})");
        await _target.ExecuteAsync(sql);
        var (from, to) = (await _source.TableAsync(new TableName("public", "t")), await _target.TableAsync(new TableName("public", "t")));

        var rows = await _source.ReadAsync(from.Query());
        await _target.WriteAsync(to, rows.ToArray());

        rows[0][0].Kind.ToString().ShouldBe(kind);
        from.Columns[0].Type.Kind.ToString().ShouldBe(kind switch
        {
            "Int64" when type == "smaller" => "Int32",
            "Text" when type == "char(5)" => "Char",
            _ => kind,
        });
        (await TextAsync(_target)).ShouldBe(await TextAsync(_source));

        async Task<string?> TextAsync(IDatabase database)
        {
            await using var snapshot = await database.OpenSnapshotAsync(Token);
            return await snapshot.ScalarAsync("SELECT pg_typeof(a) || ' ' || a::text FROM t", Token);
        }
    }

    [Fact]
    public async Task Large_arrays_of_a_databases_own_type_are_adopted_too()
    {
        const string sql = "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (a mood[])";
        await _source.ExecuteAsync(sql + "; INSERT INTO t SELECT array_agg('ok'::mood) FROM generate_series(1, 100000)");
        await _target.ExecuteAsync(sql);
        var table = await _source.TableAsync(new TableName("public", "t"));

        await _target.WriteAsync(table, (await _source.ReadAsync(table.Query())).ToArray());

        await using var snapshot = await _target.OpenSnapshotAsync(Token);
        (await snapshot.ScalarAsync("SELECT sum(cardinality(a)) FROM t WHERE 'ok' = ALL (a)", Token)).ShouldBe("100000");
    }

    [Fact]
    public async Task A_type_that_the_other_side_lacks_is_read_as_its_text()
    {
        await _source.ExecuteAsync("CREATE TABLE t (id int PRIMARY KEY, a inet, b int[], c timestamptz, d interval, e bytea, f float8, g date); INSERT INTO t VALUES (1, '10.0.0.1', '{1,2}', '2020-01-02 03:04:05.6+02', '1 day', 'a\\000', 0.1, '2020-01-31')");
        var query = new RowQuery
        {
            Table = new TableName("public", "t"),
            Columns = "abcdefg".Select(name => new ReadColumn(name.ToString(), new LogicalType(LogicalKind.Text)) { AsText = true }).ToList(),
        };

        // The forms are fixed by the session; the fixture's server has others by default.
        (await _source.ReadAsync(query)).ShouldHold([[
            Cell.Text("10.0.0.1/32"), Cell.Text("{1,2}"), Cell.Text("2020-01-02 01:04:05.6+00"), Cell.Text("P1D"), Cell.Text("\\x6100"), Cell.Text("0.1"), Cell.Text("2020-01-31")]]);
    }

    [Fact]
    public async Task A_key_of_a_servers_own_type_is_gone_on_after_by_its_text()
    {
        await _source.ExecuteAsync("CREATE TABLE t (a inet PRIMARY KEY); INSERT INTO t VALUES ('10.0.0.9'), ('10.0.0.10'), ('9.0.0.1')");
        var query = new RowQuery
        {
            Table = new TableName("public", "t"),
            Columns = [new ReadColumn("a", new LogicalType(LogicalKind.Text)) { AsText = true }],
            OrderBy = ["a"],
            After = DatabaseRows.Batch([Cell.Text("10.0.0.9/32")]),
        };

        (await _source.ReadAsync(query)).ShouldHold([[Cell.Text("10.0.0.10/32")]]);
    }

    [Fact]
    public async Task An_objects_name_is_read_as_its_name_for_its_number_means_nothing_elsewhere()
    {
        await _source.ExecuteAsync("CREATE TABLE t (a regclass, b regtype); INSERT INTO t VALUES ('t', 'int[]')");
        var table = await _source.TableAsync(new TableName("public", "t"));

        (await _source.ReadAsync(table.Query())).ShouldHold([[Cell.Text("t"), Cell.Text("integer[]")]]);
        (await Should.ThrowAsync<DatabaseException>(() => _source.WriteAsync(table, [Cell.Text("t"), Cell.Null]))).Message.ShouldContain("regclass");
    }

    [Theory]
    [InlineData("smallint", 32768, false)]
    [InlineData("smallint", -32768, true)]
    [InlineData("int", 2147483648, false)]
    [InlineData("int", -2147483648, true)]
    [InlineData("oid", -1, false)]
    [InlineData("numeric", 9007199254740993, true)]
    public async Task A_number_is_narrowed_only_where_it_fits(string type, long value, bool fits)
    {
        await _target.ExecuteAsync($"CREATE TABLE t (a {type})");
        var table = await _target.TableAsync(new TableName("public", "t"));

        var writing = _target.WriteAsync(table, [Cell.Int64(value)]);

        if (fits)
        {
            await writing;
            await using var snapshot = await _target.OpenSnapshotAsync(Token);
            (await snapshot.ScalarAsync("SELECT a FROM t", Token)).ShouldBe(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return;
        }

        var failure = await Should.ThrowAsync<DatabaseException>(() => writing);
        failure.IsDataError.ShouldBeTrue();
        failure.Message.ShouldContain("column a");
    }

    [Theory]
    [InlineData("varchar(3)", "abcd", "22001")]
    [InlineData("text", "a\0b", "22021")]
    [InlineData("json", "{", "22P02")]
    public async Task What_a_column_can_not_hold_is_the_datas_fault(string type, string value, string state)
    {
        await _target.ExecuteAsync($"CREATE TABLE t (a {type})");
        var table = await _target.TableAsync(new TableName("public", "t"));

        var failure = await Should.ThrowAsync<DatabaseException>(() => _target.WriteAsync(table, [Cell.Text(value)]));

        failure.IsDataError.ShouldBeTrue();
        failure.ServerCode.ShouldBe(state);
    }
}
