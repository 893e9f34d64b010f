using MigrationTools.Engine.Reports.Html.Charts;
using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Tests.Reports;

public sealed class TimelineAxisTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 21, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Work_without_a_long_pause_is_one_stretch_to_scale()
    {
        var axis = TimelineAxis.Of([Span(0, 10), Span(10, 40)], Start);

        axis.Stretches.Count.ShouldBe(1);
        axis.At(Start.AddSeconds(10)).ShouldBe(25, tolerance: 0.01);
        axis.At(Start.AddSeconds(40)).ShouldBe(100, tolerance: 0.01);
    }

    [Fact]
    public void A_night_between_two_stretches_takes_little_room()
    {
        var axis = TimelineAxis.Of([Span(0, 60), Span(36_000, 36_060)], Start);

        axis.Stretches.Count.ShouldBe(2);
        axis.At(Start.AddSeconds(60)).ShouldBe(48, tolerance: 0.01);
        axis.At(Start.AddSeconds(36_000)).ShouldBe(52, tolerance: 0.01);
        axis.At(Start.AddSeconds(20_000)).ShouldBe(52, tolerance: 0.01);
    }

    [Fact]
    public void What_took_no_time_still_has_a_place()
    {
        var axis = TimelineAxis.Of([Span(0, 0)], Start);

        axis.At(Start).ShouldBe(0);
        axis.Stretches.Single().Width.ShouldBe(100);
    }

    [Fact]
    public void A_hundred_pauses_leave_room_for_the_work()
    {
        var axis = TimelineAxis.Of(Enumerable.Range(0, 100).Select(hour => Span(hour * 3600, (hour * 3600) + 10)), Start);

        axis.Stretches.Count.ShouldBe(100);
        axis.Stretches.ShouldAllBe(stretch => stretch.Width > 0 && stretch.Start >= 0 && stretch.Start + stretch.Width <= 100.0001);
    }

    [Fact]
    public void Nothing_has_no_stretch() => TimelineAxis.Of([], Start).Stretches.ShouldBeEmpty();

    private static ReportSpan Span(double from, double to) =>
        new(ReportSpanKind.Action, Start.AddSeconds(from), Start.AddSeconds(to), ReportSpanOutcome.Observed);
}
