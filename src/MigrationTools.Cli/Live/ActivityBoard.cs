using MigrationTools.Engine.Operations;

namespace MigrationTools.Cli.Live;

/// <summary>What is under way now, from whatever thread it is reported. Kept also where nobody looks: a second Ctrl+C asks for it.</summary>
/// <param name="time">The clock.</param>
/// <param name="whole">What stands there while nothing was reported: the operation's name.</param>
internal sealed class ActivityBoard(TimeProvider time, string whole)
{
    private static readonly TimeSpan BeforeWhole = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<Activity> _activities = [];
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _lastReport;

    /// <summary>Begins, moves or ends an activity.</summary>
    public void Report(Progress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        lock (_lock)
        {
            _lastReport = Now;
            var known = _activities.FindIndex(activity => activity.Latest.Activity == progress.Activity);
            if (progress.Completed)
            {
                if (known >= 0)
                {
                    _activities.RemoveAt(known);
                }
            }
            else if (known >= 0)
            {
                _activities[known].Update(progress);
            }
            else
            {
                _activities.Add(new Activity(progress, Now));
            }
        }
    }

    /// <summary>Ends an activity that does not tell its own end.</summary>
    public void Remove(string activity)
    {
        lock (_lock)
        {
            _activities.RemoveAll(known => known.Latest.Activity == activity);
        }
    }

    /// <summary>Takes a sample of every activity, and lists them, each after the one that it is part of.</summary>
    public IReadOnlyList<ActivityView> Look()
    {
        lock (_lock)
        {
            var now = Now;
            foreach (var activity in _activities)
            {
                activity.Sample(now);
            }

            var views = new List<ActivityView>(_activities.Count);
            foreach (var root in _activities.Where(activity => !_activities.Any(other => IsPartOf(activity, other))))
            {
                AddWithParts(root, 0, now, views);
            }

            if (views.Count == 0 && now - _lastReport > BeforeWhole)
            {
                views.Add(new ActivityView(new Progress(whole, 0, null, ""), 0, now, null, null));
            }

            return views;
        }
    }

    private TimeSpan Now => time.GetElapsedTime(_start);

    private static bool IsPartOf(Activity activity, Activity other) => activity != other && activity.Latest.Parent == other.Latest.Activity;

    private void AddWithParts(Activity activity, int depth, TimeSpan now, List<ActivityView> views)
    {
        // Two activities that name each other as parent would never end.
        if (depth > 4)
        {
            return;
        }

        views.Add(new ActivityView(activity.Latest, depth, now - activity.Begun, activity.Rate, activity.TimeLeft));
        foreach (var part in _activities.Where(other => IsPartOf(other, activity)))
        {
            AddWithParts(part, depth + 1, now, views);
        }
    }
}
