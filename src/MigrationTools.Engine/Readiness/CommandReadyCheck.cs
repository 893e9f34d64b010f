using System.Runtime.CompilerServices;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Systems;

namespace MigrationTools.Engine.Readiness;

/// <summary>Whether every system that is moved by programs can be looked at, and is not moved yet.</summary>
public sealed class CommandReadyCheck(TimeProvider time) : IReadinessCheck
{
    public string Category => "command";

    public async IAsyncEnumerable<CheckResult> RunAsync(MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (var system in spec.Systems.OfType<CommandSystemSpec>())
        {
            var question = new ReadinessQuestion($"command:{system.Name}", $"{system.Name} stands where it is moved from", Category)
            {
                System = system.Name,
                RemedyOnError = $"See that '{string.Join(' ', system.Look)}' runs here and tells where {system.Name} stands.",
            };
            yield return await question.AskAsync(spec, time, token => LookAsync(system, spec, token), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ReadinessAnswer> LookAsync(CommandSystemSpec system, MigrationSpec spec, CancellationToken cancellationToken)
    {
        var (said, _, undone, evidence) = await new SystemCommands(system, spec, time).LookAsync(cancellationToken).ConfigureAwait(false);
        return new ReadinessAnswer(undone ? Verdict.Passed : Verdict.Failed, $"its look says '{said}'")
        {
            Remedy = undone ? null : $"It is moved already, or stands where the spec does not know: bring {system.Name} to where it is moved from.",
            Evidence = [evidence with { Expected = system.Undone?.ToString() ?? $"not {system.Done}" }],
        };
    }
}
