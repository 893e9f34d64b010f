using System.Runtime.CompilerServices;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Readiness;

/// <summary>Whether what the migration depends on is as the spec expects: measured now, and held against the expectation.</summary>
public sealed class DependencyCheck(Measurements measurements, TimeProvider time) : IReadinessCheck
{
    public string Category => "dependency";

    public async IAsyncEnumerable<CheckResult> RunAsync(
        MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (var dependency in spec.Dependencies)
        {
            var question = new ReadinessQuestion($"dependency:{CheckIds.PartOf(dependency.Name)}", $"{dependency.Name} {dependency.Expect}", Category)
            {
                Required = dependency.Required,
                RemedyOnError = $"Make the measure of '{dependency.Name}' work from here, or correct it in the spec.",
            };
            yield return await question.AskAsync(spec, time, token => LookAsync(dependency, spec, token), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ReadinessAnswer> LookAsync(DependencySpec dependency, MigrationSpec spec, CancellationToken cancellationToken)
    {
        var measured = await measurements.MeasureAsync(dependency.Measure, spec, cancellationToken).ConfigureAwait(false);
        var outcome = ExpectationEvaluator.Evaluate(dependency.Expect, measured.Value);
        return new ReadinessAnswer(outcome.Verdict, outcome.Message)
        {
            Evidence = [measured.Evidence with { Expected = dependency.Expect.ToString() }],
            Remedy = outcome.Verdict switch
            {
                Verdict.Passed => null,
                Verdict.Failed => $"Bring '{dependency.Name}' to {dependency.Expect}, or correct the expectation in the spec.",
                Verdict.Inconclusive => $"Make the measure of '{dependency.Name}' give a value that can be held against {dependency.Expect}.",
                _ => $"Correct the expectation of '{dependency.Name}' in the spec.",
            },
        };
    }
}
