using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Systems;

/// <summary>Asks the new side of a service for its health. Data: <c>status</c>.</summary>
public sealed class SeeHealthStep(HttpMeasurement http) : IStepAction
{
    public const string Name = "http.seeHealth";

    public string Verb => Name;

    public bool Lapses => true;

    public Task<JsonObject> CaptureAsync(StepContext context, CancellationToken cancellationToken) => Task.FromResult(new JsonObject());

    public async Task<StepObservation> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var service = context.System<HttpSystemSpec>();
        var seen = await http.StatusAsync(service.Target, service.Health!, cancellationToken).ConfigureAwait(false);
        var well = int.Parse(seen.Value!, CultureInfo.InvariantCulture) is >= 200 and <= 299;
        var check = new CheckResult
        {
            Id = $"health:{service.Name}.target",
            Name = $"{service.Name} (target) is well",
            System = service.Name,
            Category = "health",
            Verdict = well ? Verdict.Passed : Verdict.Failed,
            Message = $"GET {service.Health} answered {seen.Value}",
            Remedy = well ? null : $"Find out why {service.Target} does not answer {service.Health} with 2xx, and mend it.",
            Evidence = [seen.Evidence with { Expected = "200 to 299" }],
        };
        return new StepObservation(check.Message) { Evidence = check.Evidence, Checks = [check], Data = new JsonObject { ["status"] = seen.Value } };
    }

    public Task<EffectReport> LookAsync(StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.NotApplied, "it only looks, so it is done again"));
}
