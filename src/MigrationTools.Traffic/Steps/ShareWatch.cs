using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.Steps;

/// <summary>Looks, while traffic is shifted, whether the router still has the share: one that was restarted comes up with its configuration's.</summary>
public sealed class ShareWatch(TrafficCatalog catalog)
{
    /// <summary>Looks, and changes nothing.</summary>
    /// <param name="system">The system.</param>
    /// <param name="directory">What relative paths are relative to.</param>
    /// <param name="lane">The lane's name; null for a system without routes.</param>
    /// <param name="expectedPercent">What should go to the target.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TrafficException">The router can't be asked.</exception>
    public async Task<ShareLook> LookAsync(TrafficSystemSpec system, string directory, string? lane, decimal expectedPercent, CancellationToken cancellationToken)
    {
        var router = catalog.Open(system, directory);
        await using var dispose = router.ConfigureAwait(false);
        return await LookAsync(router, LaneNames.Find(system, lane), expectedPercent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks, and sets the share again where it is not what it should be. The drift is told either way.</summary>
    /// <param name="system">The system.</param>
    /// <param name="directory">What relative paths are relative to.</param>
    /// <param name="lane">The lane's name; null for a system without routes.</param>
    /// <param name="expectedPercent">What should go to the target.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TrafficException">The router can't be asked, or will not take the share again.</exception>
    public async Task<ShareLook> EnsureAsync(TrafficSystemSpec system, string directory, string? lane, decimal expectedPercent, CancellationToken cancellationToken)
    {
        var router = catalog.Open(system, directory);
        await using var dispose = router.ConfigureAwait(false);
        var found = LaneNames.Find(system, lane);
        var look = await LookAsync(router, found, expectedPercent, cancellationToken).ConfigureAwait(false);
        return look.Drift is null
            ? look
            : look with { Split = await router.SetShareAsync(found, expectedPercent, cancellationToken).ConfigureAwait(false), Mended = true };
    }

    private static async Task<ShareLook> LookAsync(ITrafficRouter router, TrafficLane lane, decimal expectedPercent, CancellationToken cancellationToken)
    {
        var split = await router.ReadAsync(lane, cancellationToken).ConfigureAwait(false);
        return new ShareLook(expectedPercent, split)
        {
            Drift = split.TargetPercent == expectedPercent
                ? null
                : $"{lane.Name}: the router gives {lane.Target} {TrafficParameters.Show(split.TargetPercent)} instead of {TrafficParameters.Show(expectedPercent)} ({split.Evidence.Observed})",
        };
    }
}
