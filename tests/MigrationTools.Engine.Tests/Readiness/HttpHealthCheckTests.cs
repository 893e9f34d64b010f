using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Tests.Metrics;

namespace MigrationTools.Engine.Tests.Readiness;

public sealed class HttpHealthCheckTests : IDisposable
{
    private readonly HttpClient _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Both_sides_are_asked_and_each_answers_for_itself()
    {
        await using var blue = new AnsweringServer((_, _) => 204);
        await using var green = new AnsweringServer((_, _) => 503);

        var results = await AskAsync(blue.Address, green.Address, "/healthz");

        results.Select(result => (result.Id, result.Verdict)).ShouldBe(
            [("health:shop_api.source", Verdict.Passed), ("health:shop_api.target", Verdict.Failed)]);
        results[0].Evidence.ShouldHaveSingleItem().Observed.ShouldBe("204");
        results[1].Message.ShouldBe("GET /healthz answered 503");
        results[1].Remedy!.ShouldContain(green.Address);
    }

    [Fact]
    public async Task A_service_that_is_down_is_an_error_with_a_remedy()
    {
        string gone;
        await using (var server = new AnsweringServer((_, _) => 200))
        {
            gone = server.Address;
        }

        var results = await AskAsync(gone, gone, "/healthz");

        results.Count.ShouldBe(2);
        results.ShouldAllBe(result => result.Verdict == Verdict.Error);
        results[0].Remedy!.ShouldContain("Start the service");
    }

    [Fact]
    public async Task Without_a_health_path_an_answer_says_nothing_about_health()
    {
        await using var server = new AnsweringServer((_, _) => 200);

        var results = await AskAsync(server.Address, server.Address, null);

        results.ShouldAllBe(result => result.Verdict == Verdict.Inconclusive);
        results[0].Remedy!.ShouldContain("health: /healthz");
    }

    private async Task<List<CheckResult>> AskAsync(string source, string target, string? health)
    {
        var check = new HttpHealthCheck(new HttpMeasurement(_client, TimeProvider.System), TimeProvider.System);
        return await check.RunAsync(Sample.Spec(Sample.Http(source, target, health)), SilentObserver.Instance, default).ToListAsync();
    }
}
