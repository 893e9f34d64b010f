using MigrationTools.Engine.Reports;

namespace MigrationTools.Engine.Tests.Reports;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(null, "not measured")]
    [InlineData(1.0, "100 %")]
    [InlineData(0.99999, "99.9 %")]
    [InlineData(0.5, "50.0 %")]
    [InlineData(0.0004, "under 0.1 %")]
    [InlineData(0.0, "0 %")]
    public void Only_the_whole_is_a_hundred_percent(double? share, string text) => Figures.Percent(share).ShouldBe(text);

    [Theory]
    [InlineData(null, "not measured")]
    [InlineData(0L, "0 ms")]
    [InlineData(999L, "999 ms")]
    [InlineData(1_000L, "1.0 s")]
    [InlineData(59_999L, "59.9 s")]
    [InlineData(61_000L, "1 min 01 s")]
    [InlineData(3_660_000L, "1 h 01 min")]
    [InlineData(90_000_000L, "1 d 01 h")]
    public void A_duration_reads_in_two_units(long? milliseconds, string text) => Figures.Duration(milliseconds).ShouldBe(text);

    [Theory]
    [InlineData(null, "not measured")]
    [InlineData(0L, "0 B")]
    [InlineData(1023L, "1023 B")]
    [InlineData(1536L, "1.5 KiB")]
    [InlineData(long.MaxValue, "8192.0 PiB")]
    public void A_size_reads_in_powers_of_1024(long? bytes, string text) => Figures.Bytes(bytes).ShouldBe(text);
}
