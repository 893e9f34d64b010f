using MigrationTools.Cli.Tests.Driving;

namespace MigrationTools.Cli.Tests.CommandLine;

public sealed class UsageTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    public static TheoryData<string[], string> WrongCalls => new()
    {
        { [], "Say what to do" },
        { ["rum", "x.yaml"], "did you mean 'run'?" },
        { ["run"], "<spec> is missing" },
        { ["run", "a.yaml", "b.yaml"], "'b.yaml' is one argument too many" },
        { ["run", "a.yaml", "--wiave", "x=y"], "'run' has no option '--wiave'; did you mean '--waive'?" },
        { ["run", "a.yaml", "--output", "xml"], "'xml'" },
        { ["run", "a.yaml", "--max-runtime", "soon"], "--max-runtime takes a duration such as 30s" },
        { ["run", "a.yaml", "--waive", "backup"], "why you answer for it" },
        { ["compare"], "Say which two databases" },
        { ["compare", "a.yaml", "--run", "x"], "Say which two databases" },
        { ["compare", "--source", "sqlite:a.db"], "give --target too" },
        { ["compare", "--source", "sqlite:a.db", "--target", "sqlite:b.db", "--parallelism", "0"], "--parallelism must be at least 1" },
        { ["compare", "--source", "sqlite:a.db", "--target", "sqlite:b.db", "--system", "x"], "--system names a system of a spec" },
        { ["compare", "--source", "shop", "--target", "sqlite:b.db"], "is not an endpoint" },
        { ["compare", "--plan", "p.json", "--source", "sqlite:a.db", "--target", "sqlite:b.db"], "--source does not go with --plan" },
        { ["compare", "--plan", "p.json", "--partition", "0"], "p.json: there is no such file" },
        { ["compare", "a.yaml", "--partition", "1"], "belong to --plan" },
        { ["compare", "--plan", "p.json", "merge", "--plan", "p.json"], "--plan stands before 'merge' and belongs to 'compare'" },
        { ["compare", "merge"], "Option '--plan' is required. See: migrationtools compare merge --help" },
        { ["compare", "merge", "--plam", "p.json"], "'compare merge' has no option '--plam'; did you mean '--plan'?" },
        { ["compare", "plan", "a.yaml"], "either --partitions or --rows-per-partition" },
        { ["compare", "plan", "--partitions", "3"], "Say which two databases" },
        { ["report", "x", "--format", "htlm"], "did you mean 'html'?" },
        { ["status", "no-such-run"], "No run 'no-such-run'" },
        { ["resume", "../escape"], "is not the id of a run" },
    };

    [Theory]
    [MemberData(nameof(WrongCalls))]
    public async Task A_wrong_call_says_what_is_wrong_and_ends_with_2(string[] args, string expected)
    {
        var result = await _place.RunAsync(args);

        result.Code.ShouldBe(2);
        result.Error.ShouldStartWith("error ");
        result.Error.ShouldContain(expected);
        result.Out.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("run", "--output", "json")]
    [InlineData("run", "a.yaml", "--nonsense", "--output=json")]
    [InlineData("run", "missing.yaml", "-o", "json")]
    public async Task With_json_an_error_is_json_on_standard_output(params string[] args)
    {
        var result = await _place.RunAsync(args);

        result.Code.ShouldBe(2);
        result.Json.GetProperty("verdict").GetString().ShouldBe("Error");
        result.Json.GetProperty("error").GetProperty("id").GetString().ShouldNotBeNullOrEmpty();
        result.Error.ShouldContain(result.Json.GetProperty("error").GetProperty("id").GetString()!);
    }

    [Fact]
    public async Task Every_mistake_of_a_spec_is_listed_with_its_place()
    {
        var spec = _place.Write("wrong.yaml", """
            id: shop
            name: Shop
            strategie: BigBang
            systems:
              data: { kind: databse, source: 'sqlite:a.db', target: 'sqlite:b.db' }
            """);

        var result = await _place.RunAsync("plan", spec, "-o", "json");

        result.Code.ShouldBe(2);
        var mistakes = result.Json.GetProperty("error").GetProperty("mistakes").EnumerateArray().ToList();
        mistakes.ShouldContain(mistake => mistake.GetProperty("line").GetInt32() == 3 && mistake.GetProperty("message").GetString()!.Contains("strategie"));
        mistakes.ShouldContain(mistake => mistake.GetProperty("line").GetInt32() == 5 && mistake.GetProperty("column").GetInt32() > 1);
        result.Error.ShouldContain($"{spec}(3,1): ");
        result.Error.ShouldContain($"{spec}(5,");
    }

    [Fact]
    public async Task A_missing_spec_is_named()
    {
        var result = await _place.RunAsync("run", _place["nowhere.yaml"]);

        result.Code.ShouldBe(2);
        result.Error.ShouldContain(_place["nowhere.yaml"]);
        result.Error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("compare", "--source", "postgresql://me:geheim@localhost/x", "--target", "sqlite:b.db")]
    [InlineData("compare", "--sourse", "postgresql://me:geheim@localhost/x")]
    [InlineData("compare", "--sourse=postgresql://me:geheim@localhost/x")]
    [InlineData("run", "postgresql://me:geheim@localhost/x")]
    [InlineData("run", "a.yaml", "postgresql://me:geheim@localhost/x")]
    [InlineData("postgresql://me:geheim@localhost/x")]
    [InlineData("status", "postgresql://me:geheim@localhost/x")]
    public async Task A_password_on_the_command_line_is_refused_and_not_shown(params string[] args)
    {
        var result = await _place.RunAsync([.. args, "-o", "json"]);

        result.Code.ShouldBe(2);
        (result.Out + result.Error).ShouldNotContain("geheim");
    }

    [Fact]
    public async Task A_secret_that_is_not_there_is_the_callers_to_mend()
    {
        var result = await _place.RunAsync("compare", "--source", "postgresql://me:${env:MT_NO_SUCH_VARIABLE}@localhost/x", "--target", _place.Sqlite("b.db"));

        result.Code.ShouldBe(2);
        result.Error.ShouldContain("error SecretMissing");
        result.Error.ShouldContain("MT_NO_SUCH_VARIABLE");
    }

    [Fact]
    public async Task A_database_that_is_not_there_could_not_be_verified()
    {
        var result = await _place.RunAsync("compare", "--source", _place.Sqlite("a.db"), "--target", _place.Sqlite("b.db"), "-o", "json");

        result.Code.ShouldBe(3);
        result.Json.GetProperty("error").GetProperty("id").GetString().ShouldBe("EndpointUnavailable");
    }

    [Fact]
    public async Task A_runs_directory_that_can_not_be_made_is_an_error_and_no_crash()
    {
        _place.MakeShop("old.db");
        _place.Write("file", "no directory");

        var result = await _place.RunAsync("run", _place.WriteSpec(), "--runs", _place["file"]);

        result.Code.ShouldBe(3);
        result.Error.ShouldContain("error FileUnavailable");
        result.Error.ShouldNotContain("   at ");
    }
}
