using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Triggers;

/// <summary>
/// The guard of a run from phase to phase: a phase's own triggers are watched from its first step that moves traffic to its last step; the spec's in all other phases,
/// and in such a phase until its own watch begins, so that traffic that was moved before is not left alone in between.
/// </summary>
internal sealed class PhasedGuard(IRunGuard guard, MigrationSpec spec, IOperationObserver observer) : IAsyncDisposable
{
    private IActiveGuard? _active;
    private string? _of;

    /// <summary>What watches over a step; null where nothing does.</summary>
    public async Task<IActiveGuard?> OverAsync(PlanStep step)
    {
        var rollback = spec.RollbackIn(step.Part);
        var of = spec.Phases.FirstOrDefault(phase => phase.Name == step.Part) is { Rollback.WatchesItself: true } ? step.Part : null;
        if (_active is not null && of == _of)
        {
            return _active;
        }

        if (_active is not null && (_of is not null || rollback.Triggers.Count == 0))
        {
            await EndAsync().ConfigureAwait(false);
        }

        if (guard.Begin(spec with { Rollback = rollback }, step, observer) is { } begun)
        {
            await EndAsync().ConfigureAwait(false);
            (_active, _of) = (begun, of);
        }

        return _active;
    }

    public ValueTask DisposeAsync() => EndAsync();

    private async ValueTask EndAsync()
    {
        if (_active is { } ending)
        {
            _active = null;
            await ending.DisposeAsync().ConfigureAwait(false);
        }
    }
}
