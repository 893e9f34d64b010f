using MigrationTools.Databases.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Tests.Integrity;

public abstract class BusinessRulesSuite(IScratch scratch) : IntegritySuite(scratch)
{
    private const string Orders = "create table orders (id integer primary key, total integer); insert into orders values (1, 5), (2, 7), (3, null);";

    [Fact]
    public async Task A_rule_that_holds_passes_with_the_value_seen()
    {
        var result = await CheckAsync("select count(*) from orders where total < 0", "=", "0");

        result.Verdict.ShouldBe(Verdict.Passed);
        result.Observed.ShouldBe("0");
        result.Expected.ShouldBe("= 0");
        var check = result.ToCheck();
        check.Id.ShouldBe("rule:order-totals-add-up");
        check.Remedy.ShouldBeNull();
        var evidence = check.Evidence.ShouldHaveSingleItem();
        evidence.Source.ShouldStartWith("select count(*) from orders where total < 0");
        (evidence.Observed, evidence.Expected).ShouldBe(("0", "= 0"));
    }

    [Fact]
    public async Task A_rule_that_does_not_hold_fails()
    {
        var result = await CheckAsync("select count(*) from orders where total is null", "=", "0");

        result.Verdict.ShouldBe(Verdict.Failed);
        result.Message.ShouldBe("observed '1', expected = 0");
        (result.ToCheck() with { Duration = default }).Weight.ShouldBe(2.5);
    }

    [Theory]
    [InlineData("select sum(total) from orders where id > 100")]
    [InlineData("select total from orders where id > 100")]
    [InlineData("select total from orders where id = 3")]
    public async Task A_query_without_a_value_is_inconclusive(string sql)
    {
        (await CheckAsync(sql, "=", "0")).Verdict.ShouldBe(Verdict.Inconclusive);
        (await CheckAsync(sql, "!=", "5")).Verdict.ShouldBe(Verdict.Inconclusive);
        (await CheckAsync(sql, "=", "null")).Verdict.ShouldBe(Verdict.Passed);
    }

    [Theory]
    [InlineData("select 0 as n union all select 5 order by n", "2 rows")]
    [InlineData("select 0, 5", "2 columns")]
    [InlineData("select id, total, 0 from orders order by id", "3 rows and 3 columns")]
    [InlineData("select id, total from orders where id > 100", "2 columns")]
    public async Task A_query_that_gives_more_than_one_value_is_inconclusive_whatever_the_first_of_them_is(string sql, string given)
    {
        var result = await CheckAsync(sql, "=", "0");

        (result.Verdict, result.Message, result.Observed).ShouldBe((Verdict.Inconclusive, $"gives {given} where one value is expected", null));
        (await CheckAsync(sql, "=", "null")).Verdict.ShouldBe(Verdict.Inconclusive);
        var check = result.ToCheck();
        check.Remedy.ShouldNotBeNull().ShouldContain("one value");
        check.Evidence.ShouldHaveSingleItem().Observed.ShouldBe(given);
    }

    [Fact]
    public async Task A_query_that_fails_is_an_error_and_the_next_rule_is_run()
    {
        var system = await SystemAsync();

        var results = await CheckAsync(system, Rule("select nonsense from nowhere", "=", "0"), Rule("select max(total) from orders", ">=", "7"));

        results.Select(result => result.Verdict).ShouldBe([Verdict.Error, Verdict.Passed]);
        results[0].Observed.ShouldBeNull();
        results[0].Message.ShouldContain("nowhere");
        results[0].Message.ShouldContain(system.Target.Redacted);
        results[0].ToCheck().Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_rule_can_look_at_the_source()
    {
        var result = (await CheckAsync(await SystemAsync(), Rule("select count(*) from old_orders", "=", "1") with { Side = EndpointSide.Source })).Single();

        result.Verdict.ShouldBe(Verdict.Passed);
        result.Side.ShouldBe(EndpointSide.Source);
    }

    [Fact]
    public async Task A_rule_takes_the_text_for_its_engine()
    {
        var own = IsPostgres ? "postgresql" : "sqlite";
        var result = await CheckAsync(new EngineSql { ByEngine = new Dictionary<string, string> { [own] = "select 1", ["another"] = "select 2" } }, "=", "1");

        result.Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task A_rule_without_a_text_for_its_engine_is_an_error()
    {
        var result = await CheckAsync(new EngineSql { ByEngine = new Dictionary<string, string> { ["another"] = "select 2" } }, "=", "2");

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("has no SQL for");
    }

    [Fact]
    public async Task A_rule_on_a_system_that_is_not_there_is_an_error()
    {
        var result = (await CheckAsync(await SystemAsync(), Rule("select 1", "=", "1") with { System = "elsewhere" })).Single();

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("'elsewhere'");
    }

    [Fact]
    public async Task A_rule_never_changes_the_database()
    {
        var system = await SystemAsync();

        var result = (await CheckAsync(system, Rule("delete from orders", "=", "0"))).Single();

        result.Verdict.ShouldNotBe(Verdict.Passed);
        (await CheckAsync(system, Rule("select count(*) from orders", "=", "3"))).Single().Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task A_database_that_can_not_be_opened_is_an_error_of_every_rule_on_it()
    {
        var system = await SystemAsync() with { Source = NotThere };

        var results = await CheckAsync(
            system, Rule("select 1", "=", "1") with { Side = EndpointSide.Source }, Rule("select 1", "=", "1") with { Side = EndpointSide.Source }, Rule("select 1", "=", "1"));

        results.Select(result => result.Verdict).ShouldBe([Verdict.Error, Verdict.Error, Verdict.Passed]);
    }

    /// <summary>An endpoint behind which there is nothing.</summary>
    protected abstract Endpoint NotThere { get; }

    protected async Task<BusinessRuleResult> CheckAsync(EngineSql sql, string @operator, string expected) =>
        (await CheckAsync(await SystemAsync(), Rule(sql, @operator, expected))).ShouldHaveSingleItem();

    private async Task<List<BusinessRuleResult>> CheckAsync(DatabaseSystemSpec system, params RuleSpec[] rules) =>
        await new BusinessRules(Catalog, TimeProvider.System)
            .CheckAsync(new BusinessRuleRequest { Rules = rules, Systems = [system] }, SilentObserver.Instance, default)
            .ToListAsync();

    private async Task<DatabaseSystemSpec> SystemAsync() => new()
    {
        Name = "shop_database",
        Source = await Scratch.NewAsync("create table old_orders (id integer); insert into old_orders values (1)"),
        Target = await Scratch.NewAsync(Orders),
    };

    private static RuleSpec Rule(EngineSql sql, string @operator, string expected) => new()
    {
        Name = "order totals  add up",
        System = "shop_database",
        Sql = sql,
        Expect = new Expectation(@operator, expected),
        Weight = 2.5,
    };
}

public sealed class SqliteBusinessRulesTests() : BusinessRulesSuite(new SqliteScratch())
{
    protected override Endpoint NotThere => Endpoint.Parse("sqlite:/no/such/directory/shop.db", "/");
}
