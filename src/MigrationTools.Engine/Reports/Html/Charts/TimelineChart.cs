using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Html.Charts;

/// <summary>
/// The steps' attempts as bars over one axis of time; thinner bars are the attempts to undo them. What was cut off has no end:
/// its bar is a stub of another pattern.
/// </summary>
internal sealed class TimelineChart(IReadOnlyList<ReportStep> steps, DateTimeOffset now)
{
    private const double LeastWidth = 0.7;
    private const double StubWidth = 3;
    private const double LabelRoom = 17;

    private readonly TimelineAxis _axis = TimelineAxis.Of(steps.SelectMany(step => step.Spans), now);

    public bool IsEmpty => _axis.Stretches.Count == 0;

    /// <summary>The axis with its times of day, and what the fills mean.</summary>
    public Markup Axis()
    {
        var labels = new List<Markup>();
        var last = -LabelRoom;
        foreach (var (at, place) in Ticks())
        {
            if (place - last >= LabelRoom)
            {
                var anchor = place > 90 ? "end" : place < 5 ? "start" : "middle";
                labels.Add(Markup.Of($"""<text x="{place}%" y="11" text-anchor="{anchor}">{Figures.Clock(at)}</text>"""));
                last = place;
            }
        }

        return Markup.Of($"""<svg class="axis" role="img"><title>Time of day (UTC)</title>{labels}</svg>""");
    }

    public Markup Legend()
    {
        var spans = steps.SelectMany(step => step.Spans).ToList();
        var keys = new List<Markup> { ChartFrame.Key("work", "at work") };
        Add("stopped", "stopped with an error", span => span.Outcome == ReportSpanOutcome.Stopped);
        Add("cut", "cut off, its end not seen", span => span.Outcome == ReportSpanOutcome.CutOff);
        Add("underway", "under way", span => span.Outcome == ReportSpanOutcome.UnderWay);
        Add("undo", "undoing", span => span.Kind == ReportSpanKind.Compensation);
        if (_axis.Stretches.Count > 1)
        {
            keys.Add(ChartFrame.Key("pause", "a long pause, left out"));
        }

        return Markup.Of($"""<p class="legend">{keys} <span class="quiet">Times are UTC.</span></p>""");

        void Add(string fill, string meaning, Func<ReportSpan, bool> shown)
        {
            if (spans.Any(shown))
            {
                keys.Add(ChartFrame.Key(fill, meaning));
            }
        }
    }

    /// <summary>One step's bars.</summary>
    public Markup Row(ReportStep step) => Markup.Of(
        $"""<svg class="lane" role="img"><title>{Title(step)}</title><rect class="track" y="9" width="100%" height="4" rx="2"/>{Pauses()}{step.Spans.Select(Span)}</svg>""");

    private static string Title(ReportStep step) => step.Spans.Count == 0
        ? $"{step.Id}: did not begin"
        : $"{step.Id}: " + string.Join("; ", step.Spans.Select(span =>
            $"{(span.Kind == ReportSpanKind.Action ? "at work" : "undoing")} from {Figures.Clock(span.StartedAt)} {(span.EndedAt is { } end ? $"to {Figures.Clock(end)}" : "")} ({Words(span.Outcome)})"));

    private static string Words(ReportSpanOutcome outcome) => outcome switch
    {
        ReportSpanOutcome.Observed => "observed",
        ReportSpanOutcome.Stopped => "stopped with an error",
        ReportSpanOutcome.UnderWay => "under way",
        _ => "cut off",
    };

    private Markup Span(ReportSpan span)
    {
        var start = _axis.At(span.StartedAt);
        var end = span.EndedAt ?? (span.Outcome == ReportSpanOutcome.UnderWay ? now : (DateTimeOffset?)null);
        var width = end is { } known ? Math.Max(LeastWidth, _axis.At(known) - start) : StubWidth;
        start = Math.Min(start, 100 - width);
        var fill = span.Outcome switch
        {
            ReportSpanOutcome.Stopped => "stopped",
            ReportSpanOutcome.CutOff => "cut",
            ReportSpanOutcome.UnderWay => "underway",
            _ => span.Kind == ReportSpanKind.Compensation ? "undo" : "work",
        };
        return span.Kind == ReportSpanKind.Action
            ? Markup.Of($"""<rect class="f-{fill}" x="{start}%" y="4" width="{width}%" height="14" rx="2"/>""")
            : Markup.Of($"""<rect class="f-{fill}" x="{start}%" y="7" width="{width}%" height="8" rx="2"/>""");
    }

    private IEnumerable<Markup> Pauses() => _axis.Stretches.Zip(_axis.Stretches.Skip(1), (before, after) =>
    {
        var start = before.Start + before.Width;
        return Markup.Of($"""<rect class="f-pause" x="{start + 0.5}%" y="0" width="{after.Start - start - 1}%" height="22"/>""");
    });

    private IEnumerable<(DateTimeOffset At, double Place)> Ticks()
    {
        if (_axis.Stretches is [var only])
        {
            var parts = only.To - only.From >= TimeSpan.FromSeconds(4) ? 4 : 1;
            for (var part = 0; part <= parts; part++)
            {
                var at = only.From + ((only.To - only.From) * part / parts);
                yield return (at, _axis.At(at));
            }

            yield break;
        }

        foreach (var stretch in _axis.Stretches)
        {
            yield return (stretch.From, stretch.Start);
        }
    }
}
