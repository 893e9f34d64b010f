using MigrationTools.Databases.Comparison.Segments;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Stretches of a key cover every number once.</summary>
public sealed class KeyStretchesTests
{
    [Theory]
    [InlineData]
    [InlineData(0L)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(5L, 5L, long.MaxValue - 1)]
    [InlineData(-1L, 7L, long.MaxValue)]
    public void Each_number_lies_in_the_one_span_of_its_segment(params long[] ends)
    {
        var stretches = KeyStretches.At("id", ends);
        foreach (var number in new[] { long.MinValue, long.MinValue + 1, -2, -1, 0, 1, 5, 6, 7, 8, long.MaxValue - 1, long.MaxValue })
        {
            var within = Enumerable.Range(0, stretches.Count).Where(segment => Holds(stretches, segment, number));
            within.ShouldHaveSingleItem().ShouldBe(stretches.Of(number));
        }
    }

    [Theory]
    [InlineData(long.MinValue, long.MaxValue, 1)]
    [InlineData(long.MinValue, long.MaxValue, 7)]
    [InlineData(0, 0, 1)]
    [InlineData(-3, long.MaxValue, 4096)]
    [InlineData(long.MaxValue - 1, long.MaxValue, 2)]
    public void Even_stretches_do_so_too(long least, long largest, int count)
    {
        var stretches = KeyStretches.Even("id", least, largest, count);
        foreach (var number in new[] { long.MinValue, least, (least / 2) + (largest / 2), largest, long.MaxValue })
        {
            var within = Enumerable.Range(0, stretches.Count).Where(segment => Holds(stretches, segment, number));
            within.ShouldHaveSingleItem().ShouldBe(stretches.Of(number));
        }
    }

    // As a server is asked: by the least and the largest number of a span.
    private static bool Holds(KeyStretches stretches, int segment, long number)
    {
        var span = stretches.SpanOf(segment);
        return number >= (span.After is { } after ? after + 1 : long.MinValue) && number <= (span.UpTo ?? long.MaxValue);
    }
}
