using MigrationTools.Databases.Postgres.Pages;

namespace MigrationTools.Databases.Tests.Comparison.Pages;

public sealed class PageRunTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("(1,1)", "(1,1)")]
    [InlineData("(1,1) (2,1) (2,2)", "(1,1) (2,1) (2,2)")]
    [InlineData("(1,1) (9,1) (2,1) (3,1)", "(1,1) (2,1) (3,1)")]
    [InlineData("(5,1) (4,1) (3,1)", "(3,1)")]
    [InlineData("(4294967294,9) (1,1) (1,1) (10,1)", "(1,1) (10,1)")]
    public void As_many_places_are_kept_as_rise(string places, string kept) => string.Join(' ', RisingPlaces.Of(Parse(places))).ShouldBe(kept);

    [Theory]
    [InlineData("")]
    [InlineData("(0,1)")]
    [InlineData("(0,0) (7,3)")]
    [InlineData("(7,3) (2,1) (3,1) (4294967294,1)")]
    public void Runs_hold_every_row_once(string places)
    {
        var runs = PageRun.Cut(Parse(places));
        runs[0].Since.ShouldBe(RowPlace.First);
        runs[^1].Until.ShouldBe(RowPlace.End);
        runs.Zip(runs.Skip(1)).ShouldAllBe(pair => pair.First.Until == pair.Second.Since);
        runs.ShouldAllBe(run => run.Since.CompareTo(run.Until) < 0);
    }

    [Fact]
    public void No_longer_rising_list_is_left()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var places = Enumerable.Range(0, random.Next(12)).Select(_ => new RowPlace(random.Next(8), random.Next(3))).ToList();
            var kept = RisingPlaces.Of(places);
            kept.Zip(kept.Skip(1)).ShouldAllBe(pair => pair.First.CompareTo(pair.Second) < 0);
            kept.Count.ShouldBe(Longest(places, 0, null), string.Join(' ', places));
        }
    }

    // By trying all.
    private static int Longest(IReadOnlyList<RowPlace> places, int from, RowPlace? after) =>
        from == places.Count ? 0 : Math.Max(
            Longest(places, from + 1, after),
            after is { } last && places[from].CompareTo(last) <= 0 ? 0 : 1 + Longest(places, from + 1, places[from]));

    private static List<RowPlace> Parse(string places) => [.. places.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(RowPlace.Parse)];
}
