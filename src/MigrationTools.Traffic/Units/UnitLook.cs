using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Systems;

namespace MigrationTools.Traffic.Units;

/// <summary>Runs a unit's programs and looks which version it has: by its own program, or by what its health address answers.</summary>
internal sealed class UnitLook(TrafficUnitSpec unit, MigrationSpec spec, HttpClient client, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SystemCommands _commands = new(
        new CommandSystemSpec
        {
            Name = unit.Name,
            Do = unit.Upgrade,
            Undo = unit.Downgrade,
            Look = unit.Look,
            Done = unit.Upgraded ?? new Expectation("=", ""),
            Timeout = unit.Timeout,
        },
        spec,
        time);

    public Task<System.Text.Json.Nodes.JsonObject> RunAsync(IReadOnlyList<string> program, CancellationToken cancellationToken) => _commands.RunAsync(program, cancellationToken);

    /// <summary>Whether the unit has the new version.</summary>
    /// <exception cref="MeasurementException">It can't be told: the program broke, or the unit does not answer.</exception>
    public async Task<(bool Upgraded, string Said, Evidence Evidence)> VersionAsync(CancellationToken cancellationToken)
    {
        if (unit.Look.Count > 0)
        {
            var (said, done, _, evidence) = await _commands.LookAsync(cancellationToken).ConfigureAwait(false);
            return (done, said, evidence);
        }

        var (_, body, seen) = await AskAsync(cancellationToken).ConfigureAwait(false);
        var upgraded = ExpectationEvaluator.Evaluate(unit.Upgraded!, body.Trim()).Verdict == Verdict.Passed;
        return (upgraded, body.Trim(), seen with { Expected = unit.Upgraded!.ToString() });
    }

    /// <summary>The status that the health address answers with.</summary>
    /// <exception cref="MeasurementException">It does not answer.</exception>
    public async Task<(int Status, string Body, Evidence Evidence)> AskAsync(CancellationToken cancellationToken)
    {
        var address = unit.Health!;
        var at = time.GetUtcNow();
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await client.GetAsync(new Uri(address.Reveal()), either.Token).ConfigureAwait(false);
            var body = await HttpBody.ReadTextAsync(response.Content, either.Token).ConfigureAwait(false);
            body = body.Length <= 2000 ? body : body[..2000];
            return ((int)response.StatusCode, body, new Evidence("GET", $"{(int)response.StatusCode}: {body.Trim()}", at) { Endpoint = address.Redacted });
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MeasurementException($"{unit.Name}: {address} gave no whole answer within {Patience.TotalSeconds:0} s.");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            throw new MeasurementException($"{unit.Name}: {address} gave no answer: {address.Redact(failed.Message)}.", failed);
        }
    }
}
