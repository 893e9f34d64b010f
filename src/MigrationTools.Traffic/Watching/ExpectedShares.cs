using System.Text.Json.Nodes;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Traffic.Steps;

namespace MigrationTools.Traffic.Watching;

/// <summary>The shares that must stand while something is watched, over all routers of the spec.</summary>
internal sealed class ExpectedShares
{
    private readonly ShareWatch _watch;
    private readonly string _directory;
    private readonly List<(TrafficSystemSpec System, string Lane, decimal Percent)> _shares = [];
    private readonly List<string> _drifts = [];

    public ExpectedShares(TrafficCatalog catalog, StepContext context)
    {
        _watch = new ShareWatch(catalog);
        _directory = context.Spec.Directory;
        foreach (var (lane, percent) in context.Action.Parameters["expected"] as JsonObject ?? [])
        {
            var system = context.Spec.Systems.OfType<TrafficSystemSpec>().First(candidate => candidate.Lanes.Any(known => known.Name == lane));
            _shares.Add((system, lane, TrafficParameters.Percent(percent) ?? 0));
        }
    }

    /// <summary>Lane → percent to the new side.</summary>
    public IReadOnlyDictionary<string, decimal> ByLane => _shares.ToDictionary(share => share.Lane, share => share.Percent, StringComparer.Ordinal);

    public bool Any => _shares.Count > 0;

    /// <summary>What was found instead of a share, each time.</summary>
    public IReadOnlyList<string> Drifts => _drifts;

    public int Looks { get; private set; }

    /// <summary>Why the router could not be asked any more; null where it could.</summary>
    public string? LostWhy { get; private set; }

    /// <summary>What the router said last.</summary>
    public string? LastSeen { get; private set; }

    public string Describe() => string.Join(", ", _shares.Select(share => $"{share.Lane} {TrafficParameters.Show(share.Percent)}"));

    /// <summary>Likewise, again and again while a router can't be asked; once it could not so often in a row, it is lost.</summary>
    /// <param name="failures">How many looks in a row may fail.</param>
    /// <param name="pause">Between them.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether shares were put right, or a router is lost: what was measured since the last look says nothing then.</returns>
    public async Task<bool> TryEnsureAsync(int failures, TimeSpan pause, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var failed = 1; ; failed++)
        {
            try
            {
                return await EnsureAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (TrafficException gone) when (failed > failures)
            {
                LostWhy = gone.Message;
                return true;
            }
            catch (TrafficException)
            {
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Looks at every share and puts right what is not. True where something was.</summary>
    /// <exception cref="TrafficException">A router can't be asked, or does not take its share.</exception>
    public async Task<bool> EnsureAsync(CancellationToken cancellationToken)
    {
        var before = _drifts.Count;
        foreach (var (system, lane, percent) in _shares)
        {
            var look = await _watch.EnsureAsync(system, _directory, lane, percent, cancellationToken).ConfigureAwait(false);
            Looks++;
            LastSeen = look.Split.Evidence.Observed;
            if (look.Drift is { } drift)
            {
                _drifts.Add(drift);
            }
        }

        return _drifts.Count > before;
    }
}
