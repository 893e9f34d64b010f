using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Html.Charts;

/// <summary>
/// Where moments stand on a timeline, in percent. A run that waited a night to be resumed would be two slivers at the ends of a line:
/// long stretches in which nothing worked are cut out, and the cuts are marked.
/// </summary>
internal sealed class TimelineAxis
{
    private const double BreakWidth = 4;

    // A pause is cut out where it is longer than this share of all the work, and than a second.
    private const double LongPause = 0.25;

    // The least part of the whole that a stretch of work is given.
    private const double LeastShare = 0.06;

    private TimelineAxis(IReadOnlyList<Stretch> stretches) => Stretches = stretches;

    public IReadOnlyList<Stretch> Stretches { get; }

    public static TimelineAxis Of(IEnumerable<ReportSpan> spans, DateTimeOffset now)
    {
        var work = spans.Select(span => (From: span.StartedAt, To: EndOf(span, now))).OrderBy(span => span.From).ToList();
        var longPause = TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerSecond, (long)(work.Sum(span => (span.To - span.From).Ticks) * LongPause)));
        var merged = new List<(DateTimeOffset From, DateTimeOffset To)>();
        foreach (var span in work)
        {
            if (merged.Count > 0 && span.From - merged[^1].To <= longPause)
            {
                merged[^1] = (merged[^1].From, span.To > merged[^1].To ? span.To : merged[^1].To);
            }
            else
            {
                merged.Add(span);
            }
        }

        return new TimelineAxis(Place(merged));
    }

    /// <summary>A moment's place, 0 to 100.</summary>
    public double At(DateTimeOffset moment)
    {
        foreach (var stretch in Stretches)
        {
            if (moment <= stretch.To)
            {
                var share = stretch.To > stretch.From ? (moment - stretch.From) / (stretch.To - stretch.From) : 0;
                return stretch.Start + (Math.Clamp(share, 0, 1) * stretch.Width);
            }
        }

        return 100;
    }

    private static DateTimeOffset EndOf(ReportSpan span, DateTimeOffset now) =>
        span.EndedAt ?? (span.Outcome == ReportSpanOutcome.UnderWay && now > span.StartedAt ? now : span.StartedAt);

    private static List<Stretch> Place(List<(DateTimeOffset From, DateTimeOffset To)> merged)
    {
        var total = Math.Max(1, merged.Sum(span => (span.To - span.From).Ticks));
        var weights = merged.Select(span => Math.Max((span.To - span.From).Ticks / (double)total, LeastShare)).ToList();
        var breakWidth = Math.Min(BreakWidth, 40.0 / Math.Max(1, merged.Count));
        var room = 100 - (breakWidth * Math.Max(0, merged.Count - 1));
        var sum = weights.Sum();
        var stretches = new List<Stretch>();
        var start = 0.0;
        for (var index = 0; index < merged.Count; index++)
        {
            var width = room * weights[index] / sum;
            stretches.Add(new Stretch(merged[index].From, merged[index].To, start, width));
            start += width + breakWidth;
        }

        return stretches;
    }

    /// <summary>A time in which the run was at work, and its place.</summary>
    internal readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To, double Start, double Width);
}
