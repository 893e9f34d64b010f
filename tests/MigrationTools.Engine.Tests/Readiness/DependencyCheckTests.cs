using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Measures;
using MigrationTools.Engine.Tests.Metrics;

namespace MigrationTools.Engine.Tests.Readiness;

public sealed class DependencyCheckTests
{
    [Fact]
    public async Task A_dependency_as_expected_passes_with_what_was_seen()
    {
        var result = await AskAsync(">= 8.0.0", "dotnet", "--version");

        result.Verdict.ShouldBe(Verdict.Passed);
        result.Id.ShouldBe("dependency:target-server");
        result.Name.ShouldBe("target server >= 8.0.0");
        result.Remedy.ShouldBeNull();
        var evidence = result.Evidence.ShouldHaveSingleItem();
        evidence.Source.ShouldBe("dotnet --version");
        evidence.Expected.ShouldBe(">= 8.0.0");
        evidence.Observed.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_dependency_that_is_older_fails_and_says_what_to_do()
    {
        var result = await AskAsync(">= 999.0.0", "dotnet", "--version");

        result.Verdict.ShouldBe(Verdict.Failed);
        result.Remedy.ShouldBe("Bring 'target server' to >= 999.0.0, or correct the expectation in the spec.");
    }

    [Fact]
    public async Task A_measure_that_gives_nothing_is_inconclusive()
    {
        Assert.SkipUnless(File.Exists("/bin/true"), "needs /bin/true");

        var result = await AskAsync("= 0", "/bin/true");

        result.Verdict.ShouldBe(Verdict.Inconclusive);
        result.Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_measure_that_breaks_is_an_error()
    {
        var result = await AskAsync("= 0", "no-such-program-anywhere");

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("could not be started");
        result.Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_measure_that_nothing_here_takes_is_an_error()
    {
        var result = await AskAsync(new Expectation("=", "0"), new SqlMeasureSpec("shop", EndpointSide.Target, "select 0"));

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("SqlMeasureSpec");
    }

    [Fact]
    public async Task An_optional_dependency_is_reported_and_does_not_decide()
    {
        var result = await AskAsync(">= 999.0.0", "dotnet", "--version") with { Required = false };

        ReadinessAssessment.VerdictOf([result]).ShouldBe(Verdict.NotRun);
    }

    private static Task<CheckResult> AskAsync(string expect, params string[] command)
    {
        var parts = expect.Split(' ', 2);
        return AskAsync(new Expectation(parts[0], parts[1]), new CommandMeasureSpec(command, TimeSpan.FromMinutes(5)));
    }

    private static async Task<CheckResult> AskAsync(Expectation expectation, MeasureSpec measure)
    {
        var spec = Sample.Spec() with
        {
            Dependencies = [new DependencySpec { Name = "target server", Measure = measure, Expect = expectation }],
        };
        var check = new DependencyCheck(new Measurements([new CommandMeasurement(TimeProvider.System)]), TimeProvider.System);
        return await check.RunAsync(spec, SilentObserver.Instance, default).SingleAsync();
    }
}
