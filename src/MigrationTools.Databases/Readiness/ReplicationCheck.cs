using System.Runtime.CompilerServices;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Replication;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Readiness;

/// <summary>Whether what replication: logical needs is there; asked only of systems that replicate so.</summary>
public sealed class ReplicationCheck(DatabaseCatalog catalog, DatabaseLayouts layouts, TimeProvider time) : IReadinessCheck
{
    public string Category => "replication";

    public async IAsyncEnumerable<CheckResult> RunAsync(
        MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (var system in spec.Databases.Where(system => system.Replication == ReplicationMode.Logical))
        {
            yield return await AskAsync(spec, system, "source", "can publish its tables", system.Source, token => OfSourceAsync(system, token), cancellationToken).ConfigureAwait(false);
            yield return await AskAsync(spec, system, "target", "can subscribe to them", system.Target, token => OfTargetAsync(system, token), cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<CheckResult> AskAsync(
        MigrationSpec spec, DatabaseSystemSpec system, string side, string what, Endpoint endpoint, Func<CancellationToken, Task<IReadOnlyList<FitnessAnswer>>> look, CancellationToken cancellationToken)
    {
        var question = new ReadinessQuestion($"replication:{system.Name}.{side}", $"{system.Name} ({side}) {what}", Category)
        {
            System = system.Name,
            RemedyOnError = $"Make {endpoint} reachable first.",
        };
        return question.AskAsync(spec, time, async token => Answer(await look(token).ConfigureAwait(false), endpoint), cancellationToken);
    }

    private ReadinessAnswer Answer(IReadOnlyList<FitnessAnswer> answers, Endpoint endpoint)
    {
        var unfit = answers.Where(answer => !answer.Fits).ToList();
        return new ReadinessAnswer(unfit.Count == 0 ? Verdict.Passed : Verdict.Failed, string.Join("; ", (unfit.Count == 0 ? answers : unfit).Select(answer => answer.Message)))
        {
            Remedy = unfit.Count == 0 ? null : string.Join(" ", unfit.Select(answer => answer.Remedy)),
            Evidence = [.. answers.Select(answer => new Evidence(answer.Query, answer.Seen, time.GetUtcNow()) { Endpoint = endpoint.Redacted })],
        };
    }

    private async Task<IReadOnlyList<FitnessAnswer>> OfSourceAsync(DatabaseSystemSpec system, CancellationToken cancellationToken)
    {
        var layout = await layouts.ResolvePlannedAsync(system, cancellationToken).ConfigureAwait(false);
        var source = catalog.Open(system.Source);
        await using var dispose = source.ConfigureAwait(false);
        return
        [
            .. await ReplicationFitness.AskAsync(source, layout, cancellationToken).ConfigureAwait(false),
            .. await ReplicationFitness.AskSourceAsync(source, cancellationToken).ConfigureAwait(false),
        ];
    }

    private async Task<IReadOnlyList<FitnessAnswer>> OfTargetAsync(DatabaseSystemSpec system, CancellationToken cancellationToken)
    {
        var target = catalog.Open(system.Target);
        await using var dispose = target.ConfigureAwait(false);
        return [await ReplicationFitness.AskTargetAsync(target, cancellationToken).ConfigureAwait(false)];
    }
}
