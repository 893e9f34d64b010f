using MigrationTools.Engine.Specs.Reading;

namespace MigrationTools.Engine.Tests.Specs;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["parallelism", "chunkRows", "maxRejected", "maxRowsPerSecond", "to", "on"];

    [Theory]
    [InlineData("paralelism", "parallelism")]
    [InlineData("parallelsim", "parallelism")]
    [InlineData("CHUNKROWS", "chunkRows")]
    [InlineData("chunk_rows", "chunkRows")]
    [InlineData("maxRejects", "maxRejected")]
    [InlineData("ot", "to")]
    public void A_slip_finds_the_name(string text, string expected) => NearestName.Find(text, Names).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("banana")]
    [InlineData("rows")]
    public void What_is_near_to_nothing_finds_nothing(string text) => NearestName.Find(text, Names).ShouldBeNull();

    [Fact]
    public void A_name_longer_than_any_is_not_compared() => NearestName.Find(new string('a', 1000), [new string('a', 1001)]).ShouldBeNull();
}
