using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Traffic.Command;

namespace MigrationTools.Traffic.Nginx;

/// <summary>
/// nginx by a file that the tool owns and that the user's configuration includes inside <c>http { }</c>. For a lane "shop" it sets two variables:
/// <c>$shop_upstream</c>, the upstream of a request, and <c>$shop_mirror</c>, the upstream of its copy, empty where there is to be none. The user's
/// configuration has the upstreams that the spec names as source and target, and uses the variables:
/// <code>
/// location / {
///     mirror /_mirror;                      # only for parallel runs
///     proxy_pass http://$shop_upstream;
/// }
/// location = /_mirror {
///     internal;
///     if ($shop_mirror = "") { return 204; }
///     proxy_pass http://$shop_mirror$request_uri;
/// }
/// </code>
/// </summary>
/// <remarks>
/// Each request is shared out by itself (<c>$request_id</c>), not each client. What can be read back is the file, not what the workers do: reloading only
/// asks nginx to start new workers, the old ones end the connections that they have, and whether the file is included at all nginx does not tell. So it
/// <see cref="TrafficAbilities.Settles"/>, and the proof is where requests land.
/// </remarks>
internal sealed class NginxRouter(string endpoint, NginxSplitFile file, RouterProgramsSpec programs, RouterProgram runner, TimeProvider time) : ITrafficRouter
{
    private const string NotKnown = "what nginx has loaded is not known";

    private static readonly string[] DefaultCheck = ["nginx", "-t"];
    private static readonly string[] DefaultReload = ["nginx", "-s", "reload"];

    public string Endpoint => endpoint;

    public TrafficAbilities Abilities => TrafficAbilities.Mirrors | TrafficAbilities.Settles;

    public async Task<TrafficSplit> ReadAsync(TrafficLane lane, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lane);
        var lanes = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        var known = lanes.FirstOrDefault(candidate => candidate.Name == lane.Name);
        var isOurs = known is not null && known.Source == lane.Source && known.Target == lane.Target && !file.IsPending;
        return new TrafficSplit(lane.Name, isOurs ? known!.Percent : null, new Evidence(file.Path, Describe(lane, known), time.GetUtcNow()) { Endpoint = endpoint })
        {
            Mirrored = isOurs && known!.Mirrored,
            Members = [new TrafficMember(lane.Source, TrafficMemberState.Unknown), new TrafficMember(lane.Target, TrafficMemberState.Unknown)],
        };
    }

    public Task<TrafficSplit> SetShareAsync(TrafficLane lane, decimal targetPercent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lane);
        return ChangeAsync(lane, known => new NginxLane(lane.Name, lane.Source, lane.Target, targetPercent, known?.Mirrored ?? false), cancellationToken);
    }

    public Task<TrafficSplit> SetMirrorAsync(TrafficLane lane, bool mirrored, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lane);
        return ChangeAsync(lane, known => new NginxLane(lane.Name, lane.Source, lane.Target, known?.Percent ?? 0, mirrored), cancellationToken);
    }

    public Task<TrafficSplit> SetMemberAsync(TrafficLane lane, string member, TrafficMemberState state, CancellationToken cancellationToken) =>
        throw new TrafficException($"nginx at {endpoint} can't drain single servers from here. Use the router haproxy or command.");

    public Task<IReadOnlyList<TrafficCounts>> CountAsync(TrafficLane lane, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<TrafficCounts>>([]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<TrafficSplit> ChangeAsync(TrafficLane lane, Func<NginxLane?, NginxLane> change, CancellationToken cancellationToken)
    {
        var lanes = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
        var wanted = change(lanes.FirstOrDefault(candidate => candidate.Name == lane.Name));
        NginxSplitText.Require(lane, wanted.Percent, lanes);
        var isKnown = !file.IsPending;
        file.Write(NginxSplitText.Write([.. lanes.Where(other => other.Name != lane.Name), wanted]));
        await TryAsync(programs.Check is { Count: > 0 } check ? check : DefaultCheck, "nginx refuses the configuration", isKnown, cancellationToken).ConfigureAwait(false);

        // A reload may fail, hang or be cancelled after nginx took the new file as well as before: from here on only a reload that ended well says what it goes by.
        await TryAsync(programs.Reload is { Count: > 0 } reload ? reload : DefaultReload, "nginx was not seen to load it", isKnown: false, cancellationToken).ConfigureAwait(false);
        file.Settle();

        var after = await ReadAsync(lane, cancellationToken).ConfigureAwait(false);
        if (after.TargetPercent != wanted.Percent || after.Mirrored != wanted.Mirrored)
        {
            throw new TrafficException($"'{file.Path}' was written, and now says otherwise: {after.Evidence.Observed}. Does another process write it too?");
        }

        return after;
    }

    /// <summary>Runs a program; where it does not end well the text before is put back.</summary>
    /// <param name="program">The program.</param>
    /// <param name="what">What has failed where it fails.</param>
    /// <param name="isKnown">Whether nginx is known to go by the text before where it fails; else the mark stays, and with it the share is not known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task TryAsync(IReadOnlyList<string> program, string what, bool isKnown, CancellationToken cancellationToken)
    {
        try
        {
            await runner.RunAsync(program, programs.Timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TrafficException refused)
        {
            PutBack(isKnown);
            var stands = isKnown ? "and nginx goes on with that" : $"but {NotKnown}. Set the share again, or reload nginx and look where requests land";
            throw new TrafficException($"{what}, so '{file.Path}' is again as it was, {stands}. {refused.Message}", refused);
        }
        catch (OperationCanceledException)
        {
            PutBack(isKnown);
            throw;
        }
    }

    private void PutBack(bool isKnown)
    {
        file.PutBack();
        if (isKnown)
        {
            file.Settle();
        }
    }

    private string Describe(TrafficLane lane, NginxLane? known)
    {
        if (known is null)
        {
            return $"nothing of '{lane.Name}' was set yet";
        }

        var says = string.Create(CultureInfo.InvariantCulture, $"{known.Percent:0.##} % to {known.Target}, the rest to {known.Source}{(known.Mirrored ? ", mirrored" : "")}");
        return file.IsPending ? $"it says {says}, but a change was cut off: {NotKnown}"
            : known.Source != lane.Source || known.Target != lane.Target ? $"it says {says}, which are not the sides {lane.Source} and {lane.Target} of the spec"
            : says;
    }
}
