using System.Globalization;
using System.Runtime.CompilerServices;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Readiness;

/// <summary>Whether both sides of every http system answer their health path with 2xx.</summary>
public sealed class HttpHealthCheck(HttpMeasurement http, TimeProvider time) : IReadinessCheck
{
    public string Category => "health";

    public async IAsyncEnumerable<CheckResult> RunAsync(
        MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (var system in spec.Systems.OfType<HttpSystemSpec>())
        {
            foreach (var (side, endpoint) in new[] { ("source", system.Source), ("target", system.Target) })
            {
                var question = new ReadinessQuestion($"health:{system.Name}.{side}", $"{system.Name} ({side}) is well", Category)
                {
                    System = system.Name,
                    RemedyOnError = $"Start the service behind {endpoint}, or make it reachable from here.",
                };
                yield return await question.AskAsync(spec, time, token => LookAsync(system, endpoint, token), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<ReadinessAnswer> LookAsync(HttpSystemSpec system, Endpoint endpoint, CancellationToken cancellationToken)
    {
        var seen = await http.StatusAsync(endpoint, system.Health ?? "/", cancellationToken).ConfigureAwait(false);
        var evidence = seen.Evidence with { Expected = "200 to 299" };
        if (system.Health is null)
        {
            return new ReadinessAnswer(Verdict.Inconclusive, $"{endpoint} answers {seen.Value}, but the system names no health path, so that says nothing about its health")
            {
                Remedy = $"Give the system '{system.Name}' a health path (health: /healthz), or skip this check with a reason.",
                Evidence = [seen.Evidence],
            };
        }

        var well = int.Parse(seen.Value!, CultureInfo.InvariantCulture) is >= 200 and <= 299;
        return new ReadinessAnswer(well ? Verdict.Passed : Verdict.Failed, $"GET {system.Health} answered {seen.Value}")
        {
            Remedy = well ? null : $"Find out why {endpoint} does not answer {system.Health} with 2xx, and mend it.",
            Evidence = [evidence],
        };
    }
}
