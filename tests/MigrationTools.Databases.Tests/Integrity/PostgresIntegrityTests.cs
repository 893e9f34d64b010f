using MigrationTools.Databases.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Integrity;

public sealed class PostgresRecordCountsTests(PostgresCluster cluster) : RecordCountsSuite(new PostgresScratch(cluster))
{
    [Fact]
    public async Task A_table_that_others_inherit_from_is_counted_without_their_rows()
    {
        const string tables = "create table base (id int); create table derived () inherits (base); insert into base values (1); insert into derived values (2), (3);";
        var (source, target) = (await DatabaseAsync(tables), await DatabaseAsync(tables));

        var results = await new RecordCounts(TimeProvider.System)
            .CountAsync(new TwoSidedRequest { Source = source, Target = target, Pairs = await Pairs.ByNameAsync(source, target) }, SilentObserver.Instance, default)
            .ToListAsync();

        results.Select(result => result.SourceRows).ShouldBe([1L, 2L]);
    }
}

public sealed class PostgresBusinessRulesTests(PostgresCluster cluster) : BusinessRulesSuite(new PostgresScratch(cluster))
{
    protected override Endpoint NotThere => Endpoint.Parse(cluster.UriOf("nowhere"), "/");

    [Fact]
    public async Task Two_statements_that_each_give_a_value_are_inconclusive()
    {
        var result = await CheckAsync("select 0; select 5", "=", "0");

        (result.Verdict, result.Message).ShouldBe((Verdict.Inconclusive, "gives 2 rows where one value is expected"));
    }
}

public sealed class PostgresReferentialIntegrityTests(PostgresCluster cluster) : ReferentialIntegritySuite(new PostgresScratch(cluster))
{
    protected override Task BreakAsync(IDatabase database, string sql) => RunAsync(database, "set session_replication_role = replica; " + sql);

    [Fact]
    public async Task Rows_of_tables_that_inherit_are_not_parents()
    {
        var database = await DatabaseAsync("""
            create table users (id int primary key);
            create table admins () inherits (users);
            create table orders (id int primary key, user_id int references users);
            insert into users values (1); insert into admins values (2); insert into orders values (10, 1)
            """);
        await BreakAsync(database, "insert into orders values (11, 2)");

        (await CheckAsync(database)).ShouldHaveSingleItem().Orphans.ShouldBe(1);
    }

    [Theory]
    [InlineData("primary key (shop, item)")]
    [InlineData("unique (item, shop)")]
    public async Task A_key_that_asks_for_all_or_nothing_is_broken_by_one_null(string parentKey)
    {
        var database = await DatabaseAsync($"""
            create table stock (shop integer, item integer, {parentKey});
            create table line (id integer primary key, shop integer, item integer, foreign key (shop, item) references stock (shop, item) match full);
            insert into stock values (1, 1), (1, 2);
            insert into line values (1, 1, 2), (2, null, null)
            """);
        (await CheckAsync(database)).ShouldHaveSingleItem().Orphans.ShouldBe(0);

        await BreakAsync(database, "insert into line values (3, null, 2), (4, 9, null), (5, 2, 1)");
        var result = (await CheckAsync(database)).ShouldHaveSingleItem();

        (result.Verdict, result.Orphans).ShouldBe((Verdict.Failed, 3));
    }

    [Fact]
    public async Task A_key_that_the_target_takes_less_strictly_is_still_held_to_the_source_s_word()
    {
        const string stock = "create table stock (shop integer, item integer, primary key (shop, item)); create table line (id integer primary key, shop integer, item integer, foreign key (shop, item) references stock (shop, item)";
        var (source, target) = (await DatabaseAsync($"{stock} match full)"), await DatabaseAsync($"{stock}); insert into line values (1, 1, null)"));

        var results = await CheckAsync(new ReferentialRequest { Database = target, Schema = await target.ReadSchemaAsync(default), Pairs = await Pairs.ByNameAsync(source, target) });

        results.Sum(result => result.Orphans).ShouldBe(1);
    }

    [Fact]
    public async Task A_foreign_key_to_a_partition_is_followed_to_it()
    {
        var database = await DatabaseAsync("""
            create table years (id int primary key) partition by range (id);
            create table "years 2000s" partition of years for values from (2000) to (2010);
            create table years_rest partition of years default;
            create table events (id int primary key, year int references "years 2000s");
            insert into years values (2000), (2020); insert into events values (1, 2000)
            """);
        var whole = (await CheckAsync(database)).ShouldHaveSingleItem();
        await BreakAsync(database, "insert into events values (2, 2020), (3, 2001)");

        var broken = (await CheckAsync(database)).ShouldHaveSingleItem();

        (whole.Verdict, whole.Orphans, whole.Notes.Count).ShouldBe((Verdict.Passed, 0L, 0));
        (broken.Verdict, broken.Orphans).ShouldBe((Verdict.Failed, 2L));
    }

    [Fact]
    public async Task A_foreign_key_that_a_partition_declares_for_itself_is_looked_at_with_its_table()
    {
        var database = await DatabaseAsync("""
            create table users (id int primary key);
            create table orders (id int primary key, user_id int) partition by range (id);
            create table "orders low" partition of orders for values from (0) to (100);
            create table orders_high partition of orders for values from (100) to (200);
            alter table "orders low" add constraint low_of_user foreign key (user_id) references users;
            insert into users values (1); insert into orders values (1, 1), (101, 7)
            """);
        var whole = (await CheckAsync(database)).ShouldHaveSingleItem();
        await BreakAsync(database, "insert into orders values (2, 7)");
        var schema = await database.ReadSchemaAsync(default);

        var broken = (await CheckAsync(database, tables: [new TableName("public", "orders")])).ShouldHaveSingleItem();

        (whole.Verdict, whole.Rows).ShouldBe((Verdict.Passed, 1L));
        (broken.Verdict, broken.Table, broken.ForeignKey, broken.Orphans).ShouldBe((Verdict.Failed, "public.orders low", "low_of_user", 1L));
        broken.Samples.Single()["user_id"].ShouldBe("7");
        (await CheckAsync(database, tables: [new TableName("public", "users")])).ShouldBeEmpty();
        schema.Tables.SelectMany(table => table.ForeignKeys).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_foreign_key_of_a_partitioned_table_is_looked_at_once_for_all_its_partitions()
    {
        var database = await DatabaseAsync("""
            create table users (id int primary key) partition by range (id);
            create table users_low partition of users for values from (0) to (100);
            create table orders (id int primary key, user_id int references users) partition by range (id);
            create table orders_low partition of orders for values from (0) to (100);
            insert into users values (1); insert into orders values (1, 1)
            """);

        (await CheckAsync(database)).ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task A_table_of_another_schema_is_found()
    {
        var database = await DatabaseAsync("""
            create schema "Sales Dept";
            create table users (id int primary key);
            create table "Sales Dept"."or""ders" (id int primary key, "user id" int references public.users);
            insert into users values (1); insert into "Sales Dept"."or""ders" values (10, 1)
            """);
        await BreakAsync(database, """insert into "Sales Dept"."or""ders" values (11, 2)""");

        var result = (await CheckAsync(database)).ShouldHaveSingleItem();

        (result.Table, result.References, result.Orphans).ShouldBe(("Sales Dept.or\"ders", "public.users", 1));
        result.Samples.Single()["user id"].ShouldBe("2");
    }

    [Fact]
    public async Task A_lost_foreign_key_whose_types_can_not_be_compared_is_an_error()
    {
        var source = await DatabaseAsync("create table users (id int primary key); create table orders (id int primary key, user_id int references users)");
        var target = await DatabaseAsync("create table users (id uuid primary key); create table orders (id int primary key, user_id int)");

        var result = (await CheckAsync(target, await Pairs.ByNameAsync(source, target))).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Error);
        result.Notes.ShouldHaveSingleItem().ShouldContain("uuid = integer");
    }
}

public sealed class PostgresDataQualityTests(PostgresCluster cluster) : DataQualitySuite(new PostgresScratch(cluster))
{
    [Fact]
    public async Task The_padding_of_char_does_not_count_and_that_is_said()
    {
        var source = await DatabaseAsync("create table t (c varchar(5)); insert into t values ('ab   '), ('c')");
        var target = await DatabaseAsync("create table t (c char(5)); insert into t values ('ab'), ('c')");

        var result = (await MeasureAsync(source, target)).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Passed, string.Join("; ", result.Notes));
        result.Source!.MaximumLength.ShouldBe(2);
        result.Notes.ShouldContain("compared without the blanks with which char(n) is padded");
    }

    [Fact]
    public async Task Every_type_of_the_server_has_figures()
    {
        const string table = """
            create type mood as enum ('sad', 'ok');
            create table t (
                b bool, i2 int2, i4 int4, i8 int8, n numeric, f4 float4, f8 float8, c varchar(9), tx text, by bytea, d date, ti time,
                ts timestamp, tz timestamptz, iv interval, u uuid, j json, jb jsonb, m mood, ip inet, a int[], x xml, p point);
            """;
        var (source, target) = await TwiceAsync(table + """
            insert into t values (true, 1, 2, 3, 'NaN', '-0', 'Infinity', 'a', 'ü', '\x00ff', 'infinity', '24:00', '-infinity', '2024-01-31 12:00+05:45', '1 mon 2 days',
                '00112233-4455-6677-8899-aabbccddeeff', '{"a": 1}', '{"a": 1}', 'ok', '10.0.0.1', '{1,2}', '<a/>', '(1,2)');
            insert into t default values;
            """);

        var results = await MeasureAsync(source, target);

        results.Count.ShouldBe(23);
        results.ShouldAllBe(result => result.Verdict == Verdict.Passed, string.Join("\n", results.SelectMany(result => result.Notes.Select(note => $"{result.Column}: {note}"))));
        results.ShouldAllBe(result => result.Source!.Nulls == 1 && result.Source.Distinct == 1);
        results.Single(result => result.Column == "tz").Source!.Minimum!.ShouldStartWith("2024-01-31 06:15:00");
        results.Single(result => result.Column == "ts").Source!.Minimum.ShouldBe("-infinity");
        results.Single(result => result.Column == "n").Source!.Maximum.ShouldBe("NaN");
    }

    [Fact]
    public async Task A_column_of_enums_that_lost_a_value_fails()
    {
        const string type = "create type mood as enum ('sad', 'ok'); create table t (m mood);";
        var source = await DatabaseAsync(type + "insert into t values ('sad'), ('ok')");
        var target = await DatabaseAsync(type + "insert into t values ('ok'), ('ok')");

        (await MeasureAsync(source, target)).ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public async Task A_coarser_precision_of_the_target_makes_differing_bounds_inconclusive()
    {
        var source = await DatabaseAsync("create table t (ts timestamp); insert into t values ('2024-01-31 12:00:00.4'), ('2024-01-31 12:00:00.3')");
        var target = await DatabaseAsync("create table t (ts timestamp(0)); insert into t values ('2024-01-31 12:00:00'), ('2024-01-31 12:00:00')");

        (await MeasureAsync(source, target)).ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public async Task A_collation_that_calls_different_texts_equal_does_not_hide_a_difference()
    {
        const string table = "create collation loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false); create table t (c text collate loose);";
        var (source, target) = await TwiceAsync(table + "insert into t values ('a'), ('A'), ('\u00e1')");

        (await MeasureAsync(source, target)).ShouldHaveSingleItem().Source!.Distinct.ShouldBe(3);
    }
}
