using MigrationTools.Databases.Integrity;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Tests.Integrity;

public abstract class ReferentialIntegritySuite(IScratch scratch) : IntegritySuite(scratch)
{
    private const string Users = "create table users (id integer primary key, name text);";
    private const string Orders = "create table orders (id integer primary key, user_id integer);";
    private const string OrdersOfUsers = "create table orders (id integer primary key, user_id integer, constraint of_user foreign key (user_id) references users (id));";

    /// <summary>Runs statements that break foreign keys, as a load with constraints off would.</summary>
    protected abstract Task BreakAsync(IDatabase database, string sql);

    [Fact]
    public async Task Rows_that_all_find_their_parent_pass()
    {
        var database = await DatabaseAsync(Users + OrdersOfUsers + "insert into users values (1, 'a'); insert into orders values (10, 1), (11, 1)");

        var result = (await CheckAsync(database)).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Passed);
        (result.Rows, result.Orphans).ShouldBe((2, 0));
        (result.Columns.Single(), result.ReferencedColumns.Single(), result.Declared).ShouldBe(("user_id", "id", true));
        result.Samples.ShouldBeEmpty();
    }

    [Fact]
    public async Task Orphans_are_counted_all_and_sampled_up_to_the_limit_by_key()
    {
        var database = await DatabaseAsync(Users + OrdersOfUsers + "insert into users values (1, 'a'); insert into orders values (10, 1)");
        await BreakAsync(database, "insert into orders values (11, 7), (12, 8), (13, 8)");

        var result = (await CheckAsync(database, sampleSize: 2)).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Failed);
        (result.Rows, result.Orphans).ShouldBe((4, 3));
        result.Samples.Count.ShouldBe(2);
        result.Samples.ShouldAllBe(sample => (sample["id"] == "11" && sample["user_id"] == "7") || ((sample["id"] == "12" || sample["id"] == "13") && sample["user_id"] == "8"));
        result.Evidence.Select(evidence => evidence.Observed).ShouldBe(["4", "3"]);
        var check = (result with { System = "shop_database", Side = EndpointSide.Target }).ToCheck();
        check.Id.ShouldBe($"referential:shop_database/{result.Table}(user_id)");
        check.Message.ShouldStartWith("3 orphans in 4 rows; such as (id = ");
        check.Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_null_refers_to_nothing_by_right()
    {
        var database = await DatabaseAsync(Users + OrdersOfUsers + "insert into orders values (10, null)");

        (await CheckAsync(database)).ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task One_null_of_a_composite_key_is_enough_to_refer_to_nothing_by_right()
    {
        var database = await DatabaseAsync("""
            create table stock (shop integer, item integer, primary key (shop, item));
            create table line (id integer primary key, shop integer, item integer, foreign key (shop, item) references stock (shop, item));
            insert into stock values (1, 1), (1, 2);
            insert into line values (1, 1, 2), (2, null, 9), (3, 9, null), (4, null, null)
            """);

        (await CheckAsync(database)).ShouldHaveSingleItem().Orphans.ShouldBe(0);

        await BreakAsync(database, "insert into line values (5, 2, 1)");
        var result = (await CheckAsync(database)).ShouldHaveSingleItem();

        result.Orphans.ShouldBe(1);
        result.Samples.Single().Select(cell => (cell.Key, cell.Value)).ShouldBe([("id", "5"), ("shop", "2"), ("item", "1")]);
    }

    [Fact]
    public async Task A_table_that_refers_to_itself_is_looked_at()
    {
        var database = await DatabaseAsync("create table staff (id integer primary key, boss integer references staff (id)); insert into staff values (1, null), (2, 1)");
        await BreakAsync(database, "insert into staff values (3, 99)");

        (await CheckAsync(database)).ShouldHaveSingleItem().Orphans.ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_table_passes_and_says_so()
    {
        var result = (await CheckAsync(await DatabaseAsync(Users + OrdersOfUsers))).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Passed);
        result.Notes.ShouldContain("the table is empty");
    }

    [Fact]
    public async Task A_database_without_foreign_keys_gives_no_results_and_so_no_verdict() =>
        (await CheckAsync(await DatabaseAsync(Users))).ShouldBeEmpty();

    [Fact]
    public async Task Only_the_named_tables_are_looked_at()
    {
        var database = await DatabaseAsync(Users + OrdersOfUsers);

        (await CheckAsync(database, tables: [new TableName(null, "users")])).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_foreign_key_that_only_the_source_declares_is_followed_on_the_target()
    {
        var source = await DatabaseAsync(Users + OrdersOfUsers);
        var target = await DatabaseAsync(Users + Orders + "insert into users values (1, 'a'); insert into orders values (10, 1), (11, 5)");

        var result = (await CheckAsync(target, await Pairs.ByNameAsync(source, target))).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Failed);
        result.Declared.ShouldBeFalse();
        result.Orphans.ShouldBe(1);
        result.Notes.ShouldContain("only the source declares this foreign key; the target does not enforce it");
    }

    [Fact]
    public async Task A_lost_foreign_key_is_followed_under_the_targets_names()
    {
        var source = await DatabaseAsync(Users + OrdersOfUsers);
        var target = await DatabaseAsync("""
            create table customers (customer_id integer, name text);
            create table purchases (id integer primary key, customer integer);
            insert into customers values (1, 'a'), (1, 'a twin'), (null, 'nobody');
            insert into purchases values (10, 1), (11, 5), (12, null)
            """);
        var (from, to) = (await source.ReadSchemaAsync(default), await target.ReadSchemaAsync(default));
        TablePair[] pairs =
        [
            Pairs.Of(Table(from, "users"), Table(to, "customers"), new Dictionary<string, string> { ["customer_id"] = "id" }),
            Pairs.Of(Table(from, "orders"), Table(to, "purchases"), new Dictionary<string, string> { ["customer"] = "user_id" }),
        ];

        var result = (await CheckAsync(target, pairs)).ShouldHaveSingleItem();

        (result.Columns.Single(), result.ReferencedColumns.Single()).ShouldBe(("customer", "customer_id"));
        (result.Rows, result.Orphans).ShouldBe((3, 1));
        result.Samples.Single()["id"].ShouldBe("11");
    }

    [Fact]
    public async Task A_foreign_key_that_both_sides_declare_is_looked_at_once()
    {
        var source = await DatabaseAsync(Users + OrdersOfUsers);
        var target = await DatabaseAsync(Users + OrdersOfUsers);

        (await CheckAsync(target, await Pairs.ByNameAsync(source, target))).ShouldHaveSingleItem().Declared.ShouldBeTrue();
    }

    [Fact]
    public async Task A_lost_foreign_key_whose_column_is_made_by_an_expression_is_inconclusive_by_name()
    {
        var source = await DatabaseAsync(Users + OrdersOfUsers);
        var target = await DatabaseAsync(Users + Orders);

        var result = (await CheckAsync(target, await ByExpressionAsync(source, target, "user_id", "user_id + 0"))).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Inconclusive);
        result.Notes.ShouldHaveSingleItem().ShouldContain("user_id");
        result.ToCheck().Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_lost_foreign_key_made_by_an_expression_is_not_hidden_by_another_key_to_the_same_table()
    {
        const string both = "create table sales (id integer primary key, buyer integer references users (id), seller integer references users (id));";
        const string one = "create table sales (id integer primary key, buyer integer, seller integer references users (id));";
        var (source, target) = (await DatabaseAsync(Users + both), await DatabaseAsync(Users + one));

        var results = await CheckAsync(target, await ByExpressionAsync(source, target, "buyer", "buyer + 0"));

        results.Select(result => (result.Columns.Single(), result.Verdict)).ShouldBe([("seller", Verdict.Passed), ("buyer", Verdict.Inconclusive)]);
    }

    [Fact]
    public async Task A_foreign_key_whose_column_is_made_by_an_expression_and_that_the_target_declares_is_looked_at_once()
    {
        var (source, target) = (await DatabaseAsync(Users + OrdersOfUsers), await DatabaseAsync(Users + OrdersOfUsers));

        (await CheckAsync(target, await ByExpressionAsync(source, target, "user_id", "nullif(user_id, 0)"))).ShouldHaveSingleItem().Declared.ShouldBeTrue();
    }

    [Fact]
    public async Task One_declared_key_stands_for_one_lost_key_only()
    {
        const string two = "create table sales (id integer primary key, buyer integer references users (id), agent integer references users (id));";
        const string merged = "create table sales (id integer primary key, buyer integer references users (id), agent integer);";
        var (source, target) = (await DatabaseAsync(Users + two), await DatabaseAsync(Users + merged));

        var results = await CheckAsync(target, await ByExpressionAsync(source, target, "buyer", "coalesce(buyer, agent)"));
        var both = await CheckAsync(target, [.. (await ByExpressionAsync(source, target, "buyer", "coalesce(buyer, agent)")).Select(pair => pair with
        {
            Columns = [.. pair.Columns.Where(column => column.Target.Name != "agent")],
        })]);

        results.Select(result => (result.Columns.Single(), result.Declared, result.Verdict)).ShouldBe([("buyer", true, Verdict.Passed), ("agent", false, Verdict.Passed)]);
        both.Select(result => (result.Declared, result.Verdict)).ShouldBe([(true, Verdict.Passed), (false, Verdict.Inconclusive)]);
    }

    [Fact]
    public async Task A_lost_foreign_key_whose_column_the_spec_drops_is_skipped_with_the_reason()
    {
        var (source, target) = (await DatabaseAsync(Users + OrdersOfUsers), await DatabaseAsync(Users + "create table orders (id integer primary key)"));
        var system = new DatabaseSystemSpec
        {
            Name = "shop",
            Source = source.Endpoint,
            Target = target.Endpoint,
            Map = [new TableMapSpec { Table = "orders", To = "orders", Drop = ["user_id"] }],
        };
        var pairing = TablePairing.Resolve(system, await source.ReadSchemaAsync(default), await target.ReadSchemaAsync(default), source.Dialect.Name);

        var result = (await CheckAsync(target, pairing.Pairs)).ShouldHaveSingleItem();

        pairing.Problems.ShouldBeEmpty();
        result.Verdict.ShouldBe(Verdict.Skipped);
        result.Notes.ShouldHaveSingleItem().ShouldEndWith(": the spec drops a column that it is made of");
    }

    private static async Task<List<TablePair>> ByExpressionAsync(IDatabase source, IDatabase target, string column, string expression) =>
    [
        .. (await Pairs.ByNameAsync(source, target)).Select(pair => pair with
        {
            Columns =
            [
                .. pair.Columns.Select(taken => taken.Target.Name == column ? taken with { Source = taken.Source with { Expression = expression } } : taken),
            ],
        }),
    ];

    [Fact]
    public async Task A_lost_foreign_key_to_a_table_that_the_spec_does_not_take_is_skipped_with_the_reason()
    {
        var source = await DatabaseAsync(Users + OrdersOfUsers);
        var target = await DatabaseAsync(Orders);
        var pairs = await Pairs.ByNameAsync(source, target);

        var result = (await CheckAsync(target, pairs)).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Skipped);
        result.Notes.ShouldHaveSingleItem().ShouldContain("does not take");
    }

    [Fact]
    public async Task A_foreign_key_whose_table_is_gone_is_an_error_and_the_next_one_is_looked_at()
    {
        var database = await DatabaseAsync(Users + OrdersOfUsers + "create table visits (user_id integer references users (id));");
        var schema = await database.ReadSchemaAsync(default);
        await RunAsync(database, "drop table orders");

        var results = await CheckAsync(new ReferentialRequest { Database = database, Schema = schema });

        results.Select(result => result.Verdict).ShouldBe([Verdict.Error, Verdict.Passed]);
        results[0].Rows.ShouldBeNull();
        results[0].Notes.ShouldHaveSingleItem().ShouldContain("orders");
    }

    protected static TableSchema Table(DatabaseSchema schema, string name) => schema.Tables.Single(table => table.Name.Name == name);

    protected static async Task<List<ReferentialResult>> CheckAsync(
        IDatabase database, IReadOnlyList<TablePair>? pairs = null, int sampleSize = 5, IReadOnlyCollection<TableName>? tables = null) =>
        await CheckAsync(new ReferentialRequest
        {
            Database = database,
            Schema = await database.ReadSchemaAsync(default),
            Pairs = pairs ?? [],
            SampleSize = sampleSize,
            Tables = tables,
        });

    protected static async Task<List<ReferentialResult>> CheckAsync(ReferentialRequest request) =>
        await new ReferentialIntegrity(TimeProvider.System).CheckAsync(request, SilentObserver.Instance, default).ToListAsync();
}

public sealed class SqliteReferentialIntegrityTests() : ReferentialIntegritySuite(new SqliteScratch())
{
    protected override async Task BreakAsync(IDatabase database, string sql)
    {
        await using var session = await database.OpenSessionAsync(default);
        await session.ExecuteAsync("PRAGMA foreign_keys = off", [], default);
        await session.ExecuteAsync(sql, [], default);
    }

    [Fact]
    public async Task A_key_under_nocase_finds_its_parent_in_other_letters()
    {
        var database = await DatabaseAsync("""
            create table country (code text collate nocase primary key);
            create table town (name text, country text references country (code));
            insert into country values ('DE'); insert into town values ('Berlin', 'de'), ('Paris', 'fr')
            """);

        var result = (await CheckAsync(database)).ShouldHaveSingleItem();

        // SQLite's own word on it is the same.
        await using var snapshot = await database.OpenSnapshotAsync(default);
        (await snapshot.ScalarAsync("select count(*) from pragma_foreign_key_check", default)).ShouldBe("1");
        result.Orphans.ShouldBe(1);
    }

    [Fact]
    public async Task A_foreign_key_to_a_table_that_is_not_there_fails_for_every_row_that_refers()
    {
        var database = await DatabaseAsync("create table town (name text, country text references country (code)); insert into town values ('Berlin', 'de'), ('Atlantis', null)");

        var result = (await CheckAsync(database)).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Failed);
        result.Orphans.ShouldBe(1);
        result.Notes.ShouldContain("there is no table country");
    }

    [Fact]
    public async Task A_foreign_key_that_refers_to_no_column_is_an_error()
    {
        var database = await DatabaseAsync("create table country (code text); create table town (name text, country text references country); insert into town values ('Berlin', 'de')");

        var result = (await CheckAsync(database)).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Error);
        result.Notes.ShouldHaveSingleItem().ShouldContain("declares 1 columns and refers to 0");
    }

    [Fact]
    public async Task What_is_counted_is_what_sqlite_itself_finds()
    {
        var random = new Random(20240229);
        var rows = string.Join(", ", Enumerable.Range(1, 2000).Select(id => $"({id}, {(random.Next(10) == 0 ? "null" : random.Next(300))}, {random.Next(4)})"));
        var database = await DatabaseAsync($"""
            create table parent (a integer, b integer, primary key (a, b));
            create table child (id integer primary key, a integer, b integer, foreign key (a, b) references parent (a, b));
            with recursive n (value) as (select 0 union all select value + 1 from n where value < 299)
            insert into parent select value, value % 4 from n;
            insert into child values {rows}
            """);
        await using var snapshot = await database.OpenSnapshotAsync(default);
        var expected = await snapshot.ScalarAsync("select count(*) from pragma_foreign_key_check", default);

        (await CheckAsync(database)).ShouldHaveSingleItem().Orphans.ToString().ShouldBe(expected);
    }

    public static TheoryData<string, string> ParentAndChildTypes()
    {
        string[] types = ["text", "text collate nocase", "integer", "real", "numeric", "blob"];
        return new([.. types.SelectMany(parent => types, (parent, child) => (parent, child))]);
    }

    [Theory]
    [MemberData(nameof(ParentAndChildTypes))]
    public async Task Columns_of_different_affinities_are_compared_as_the_foreign_key_compares_them(string parent, string child)
    {
        const string values = "('1'), (1), (1.0), ('01'), ('1.0'), ('1e0'), (x'31'), ('a'), ('A'), (2), (null), (9007199254740993), ('9007199254740993'), (9007199254740992.0)";
        const string parents = "('01'), ('a'), (2), ('9007199254740993')";
        var declaring = await DatabaseAsync($"""
            create table parent (k {parent} unique);
            create table child (k {child} references parent (k));
            insert into parent values ('1'), {parents} on conflict do nothing; insert into child values {values}
            """);
        var losing = await DatabaseAsync($"""
            create table parent (k {parent});
            create table child (k {child});
            insert into parent values ('1'), {parents}; insert into child values {values}
            """);
        await using var snapshot = await declaring.OpenSnapshotAsync(default);
        var expected = await snapshot.ScalarAsync("select count(*) from pragma_foreign_key_check", default);

        (await CheckAsync(declaring)).ShouldHaveSingleItem().Orphans.ToString().ShouldBe(expected, "with an index on the parent");
        (await CheckAsync(losing, await Pairs.ByNameAsync(declaring, losing))).ShouldHaveSingleItem().Orphans.ToString().ShouldBe(expected, "without one");
    }

    [Fact]
    public async Task A_number_that_the_parent_s_text_does_not_spell_is_an_orphan()
    {
        var database = await DatabaseAsync("""
            create table parent (k text primary key);
            create table child (k integer references parent (k));
            insert into parent values ('01'); insert into child values (1)
            """);

        (await CheckAsync(database)).ShouldHaveSingleItem().Orphans.ShouldBe(1);
    }
}
