using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Engine.Triggers;

/// <summary>How long it took from the first bad sample until all traffic was seen to be back on the old side.</summary>
/// <param name="FirstBadAt">When the first sample that counts was taken.</param>
/// <param name="RaisedAt">When the trigger fired.</param>
/// <param name="ReturnedAt">When the router was read back with all traffic on the old side; null while it is not.</param>
public sealed record TrafficReturn(DateTimeOffset FirstBadAt, DateTimeOffset RaisedAt, DateTimeOffset? ReturnedAt)
{
    /// <summary>
    /// From the first bad sample to the return; null where traffic is not back, or where the journal's clock was set back in between. A clock that was set on in
    /// between makes it longer than it was: the journal may be of several processes, which share no other clock.
    /// </summary>
    public TimeSpan? Reaction => IsInOrder ? ReturnedAt - FirstBadAt : null;

    private bool IsInOrder => FirstBadAt <= RaisedAt && (ReturnedAt is not { } returned || RaisedAt <= returned);

    /// <summary>One line for people.</summary>
    public string Describe() => !IsInOrder
        ? $"a trigger fired{(ReturnedAt is null ? ", and traffic was not seen to be back" : " and all traffic was back")}; how long it took is not known, for the clock was set back meanwhile"
        : string.Create(
        CultureInfo.InvariantCulture,
        $"the trigger fired {(RaisedAt - FirstBadAt).TotalSeconds:0.00} s after the first bad sample; {(Reaction is { } reaction ? $"all traffic was back after {reaction.TotalSeconds:0.00} s" : "traffic was not seen to be back")}");

    /// <summary>Told from a journal; null where no trigger fired.</summary>
    public static TrafficReturn? Of(IReadOnlyList<JournalEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.LastOrDefault(entry => entry.Kind == JournalKinds.Alarm) is not { } alarm)
        {
            return null;
        }

        // A rollback of a phase takes back what that phase moved; what was moved before it stays.
        var undone = entries.FirstOrDefault(entry => entry.Seq > alarm.Seq && entry.Kind == JournalKinds.RollbackStarted) is { } rollback && rollback.Get<string>("phase") is not null ? rollback.Get<List<string>>("steps") : null;
        var lanes = entries.Where(entry => entry.Kind == JournalKinds.Intent && undone?.Contains(entry.Step ?? "") != false).Select(entry => Lane(entry.Get<JsonObject>("action"))).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var back = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var entry in entries.Where(entry => entry.Seq > alarm.Seq && entry.Kind == JournalKinds.CompensationObserved))
        {
            var data = entry.Get<JsonObject>("data");
            if ((string?)data?["lane"] is { } lane && data["percent"] is { } percent && (decimal)percent == 0)
            {
                back.TryAdd(lane, entry.At);
            }
        }

        return new TrafficReturn(
            alarm.Get<DateTimeOffset>("firstBadAt"),
            alarm.Get<DateTimeOffset>("raisedAt"),
            lanes.Count > 0 && lanes.All(back.ContainsKey) ? back.Values.Max() : null);
    }

    private static string? Lane(JsonObject? action) =>
        (string?)action?["verb"] == "traffic.shift" ? (string?)action["parameters"]?["lane"] : null;
}
