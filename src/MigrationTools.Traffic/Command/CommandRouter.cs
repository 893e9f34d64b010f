using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.Command;

/// <summary>
/// A router behind two programs. <c>get</c> prints the target's share in percent (<c>25</c>, <c>0.5</c> or <c>25 %</c>); <c>set</c> brings it about and ends
/// with 0 when it is. In their arguments <c>{percent}</c> (set only), <c>{lane}</c>, <c>{source}</c> and <c>{target}</c> are replaced, each within its
/// argument: no shell sees them. Setting is believed only when get says the same afterwards.
/// </summary>
internal sealed class CommandRouter(string endpoint, RouterProgramsSpec programs, RouterProgram runner, TimeProvider time) : ITrafficRouter
{
    public string Endpoint => endpoint;

    public TrafficAbilities Abilities => TrafficAbilities.Settles;

    public async Task<TrafficSplit> ReadAsync(TrafficLane lane, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lane);
        var arguments = Fill(programs.Get, lane, null);
        var printed = (await runner.RunAsync(arguments, programs.Timeout, cancellationToken).ConfigureAwait(false)).Trim();
        var number = printed.EndsWith('%') ? printed[..^1].TrimEnd() : printed;
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) || percent > 100)
        {
            var shown = EndpointRedaction.Redact(printed.Length > 80 ? printed[..80] + "…" : printed);
            throw new TrafficException($"'{Show(arguments)}' should print the target's share in percent, such as 25, and printed '{shown}'.");
        }

        return new TrafficSplit(lane.Name, percent, new Evidence(Show(arguments), printed, time.GetUtcNow()) { Endpoint = endpoint })
        {
            Members = [.. new[] { lane.Source, lane.Target }.Where(name => name.Length > 0).Select(name => new TrafficMember(name, TrafficMemberState.Unknown))],
        };
    }

    public async Task<TrafficSplit> SetShareAsync(TrafficLane lane, decimal targetPercent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lane);
        if (targetPercent is < 0 or > 100)
        {
            throw new TrafficException(string.Create(CultureInfo.InvariantCulture, $"A share is 0 to 100 %, not {targetPercent} %."));
        }

        var arguments = Fill(programs.Set, lane, targetPercent);
        await runner.RunAsync(arguments, programs.Timeout, cancellationToken).ConfigureAwait(false);
        var after = await ReadAsync(lane, cancellationToken).ConfigureAwait(false);
        return after.TargetPercent == targetPercent
            ? after
            : throw new TrafficException(
                string.Create(CultureInfo.InvariantCulture, $"'{Show(arguments)}' ended well, and yet '{after.Evidence.Source}' says {after.TargetPercent} % instead of {targetPercent} %."));
    }

    public Task<TrafficSplit> SetMemberAsync(TrafficLane lane, string member, TrafficMemberState state, CancellationToken cancellationToken) =>
        throw new TrafficException($"The router command at {endpoint} sets shares only; it can't drain single servers.");

    public Task<TrafficSplit> SetMirrorAsync(TrafficLane lane, bool mirrored, CancellationToken cancellationToken) =>
        throw new TrafficException($"The router command at {endpoint} sets shares only; it can't mirror requests.");

    public Task<IReadOnlyList<TrafficCounts>> CountAsync(TrafficLane lane, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<TrafficCounts>>([]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static List<string> Fill(IReadOnlyList<string> program, TrafficLane lane, decimal? percent) =>
    [
        .. program.Select(argument => argument
            .Replace("{percent}", percent?.ToString("0.####", CultureInfo.InvariantCulture) ?? "{percent}", StringComparison.Ordinal)
            .Replace("{lane}", lane.Name, StringComparison.Ordinal)
            .Replace("{source}", lane.Source, StringComparison.Ordinal)
            .Replace("{target}", lane.Target, StringComparison.Ordinal)),
    ];

    private static string Show(IReadOnlyList<string> arguments) => EndpointRedaction.Redact(string.Join(' ', arguments));
}
