using MigrationTools.Engine.Reports;

namespace MigrationTools.Engine.Tests.Reports;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("ünïcödé 数据 🚚", "ünïcödé 数据 🚚")]
    [InlineData("a\0b\u001Bc\u007F", "a␀b␛c␡")]
    [InlineData("a\r\nb\tc", "a␍␊b␉c")]
    [InlineData("a\u0085b", "a⟨U+0085⟩b")]
    [InlineData("a\u202Eb\u200Bc\uFEFF", "a⟨U+202E⟩b⟨U+200B⟩c⟨U+FEFF⟩")]
    [InlineData("\uFFFE\uFDD0", "⟨U+FFFE⟩⟨U+FDD0⟩")]
    [InlineData("\U000E0041", "⟨U+E0041⟩")]
    public void What_has_no_shape_is_given_one(string text, string shown) => VisibleText.Line(text).ShouldBe(shown);

    [Fact]
    public void Half_of_a_surrogate_pair_is_shown_by_its_number() => VisibleText.Line("x\uDE9A\uD83D").ShouldBe("x⟨U+DE9A⟩⟨U+D83D⟩");

    [Fact]
    public void A_block_keeps_its_lines() => VisibleText.Block("a\r\n\tb\0").ShouldBe("a␍\n\tb␀");
}
