using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Conversion;

/// <summary>Text, blobs, uuids and JSON.</summary>
public sealed class TextConversionTests
{
    [Fact]
    public void Length_is_counted_in_code_points()
    {
        // Outside of the BMP one code point; with a combining mark two.
        Cell.Text("😀😀😀").To(Types.Text(3));
        Cell.Text("😀😀😀😀").RefusedAs(Types.Text(3)).ShouldBe("longer than 3 characters (4)");
        Cell.Text("e\u0301").RefusedAs(Types.Text(1)).ShouldBe("longer than 1 characters (2)");
        Cell.Blob(1, 2, 3).RefusedAs(new LogicalType(LogicalKind.Blob) { Length = 2 }).ShouldBe("longer than 2 bytes (3)");
    }

    [Fact]
    public void The_padding_of_a_char_is_no_part_of_its_value()
    {
        Cell.Text("ab   ").To(Types.Text(), Types.Char(5)).ShouldBe(Cell.Text("ab"), CellComparer.Instance);
        Cell.Text("ab   ").To(Types.Char(5), Types.Char(5)).ShouldBe(Cell.Text("ab   "), CellComparer.Instance);
        Cell.Text("ab   ").To(Types.Char(3)).ShouldBe(Cell.Text("ab "), CellComparer.Instance);
        Cell.Text("abcd ").RefusedAs(Types.Char(3)).ShouldBe("longer than 3 characters (4)");
        Cell.Text("ab  ").RefusedAs(Types.Text(3)).ShouldBe("longer than 3 characters (4)");
    }

    [Fact]
    public void What_PostgreSQL_can_not_hold_is_refused_unless_the_target_can()
    {
        var any = new ConversionOptions { Text = TextContent.Any };
        Cell invalid = new(CellKind.Text, [0x61, 0xFF]);
        invalid.RefusedAs(Types.Text()).ShouldBe("bytes that are not valid UTF-8");
        invalid.RefusedAs(Types.Dynamic).ShouldBe("bytes that are not valid UTF-8");
        invalid.To(Types.Text(), options: any).ShouldBe(invalid, CellComparer.Instance);
        Cell.Text("a\0b").RefusedAs(Types.Text()).ShouldContain("U+0000");
        Cell.Text("a\0b").To(Types.Text(), options: any).ShouldBe(Cell.Text("a\0b"), CellComparer.Instance);
    }

    [Fact]
    public void Null_stays_null_and_is_not_the_empty_text()
    {
        foreach (var kind in Enum.GetValues<LogicalKind>())
        {
            Cell.Null.To(new LogicalType(kind)).ShouldBe(Cell.Null, CellComparer.Instance);
        }

        Cell.Text("").To(Types.Text()).ShouldBe(Cell.Text(""), CellComparer.Instance);
    }

    [Fact]
    public void Every_kind_but_opaque_has_a_text()
    {
        Cell.Boolean(true).To(Types.Text()).ShouldBe(Cell.Text("true"), CellComparer.Instance);
        Cell.Int(-5).To(Types.Text()).ShouldBe(Cell.Text("-5"), CellComparer.Instance);
        Cell.Float(1e300).To(Types.Text()).ShouldBe(Cell.Text("1e+300"), CellComparer.Instance);
        Cell.Float(double.PositiveInfinity).To(Types.Text()).ShouldBe(Cell.Text("Infinity"), CellComparer.Instance);
        Cell.Decimal("1.50").To(Types.Text()).ShouldBe(Cell.Text("1.50"), CellComparer.Instance);
        Cell.Timestamp("2024-01-01").To(Types.Text()).ShouldBe(Cell.Text("2024-01-01 00:00:00"), CellComparer.Instance);
        new Cell(CellKind.Opaque, [1]).RefusedAs(Types.Text()).ShouldContain("only its server knows");
    }

    [Fact]
    public void Bytes_are_text_only_where_they_are_UTF_8()
    {
        Cell.Blob(0xC3, 0xA9).To(Types.Text()).ShouldBe(Cell.Text("é"), CellComparer.Instance);
        Cell.Blob(0xFF).RefusedAs(Types.Text()).ShouldBe("bytes that are not valid UTF-8");
        Cell.Text("é").To(Types.Blob).ShouldBe(Cell.Blob(0xC3, 0xA9), CellComparer.Instance);
        Cell.Int(1).RefusedAs(Types.Blob).ShouldBe("a number where a blob is expected");
    }

    [Theory]
    [InlineData("00112233-4455-6677-8899-aabbccddeeff")]
    [InlineData("00112233-4455-6677-8899-AABBCCDDEEFF")]
    [InlineData("00112233445566778899aabbccddeeff")]
    [InlineData("{00112233-4455-6677-8899-aabbccddeeff}")]
    public void A_uuid_is_read_in_its_usual_forms(string text) =>
        Cell.Text(text).To(Types.Uuid).ToString().ShouldBe("Uuid:00112233-4455-6677-8899-aabbccddeeff");

    [Theory]
    [InlineData("")]
    [InlineData("00112233-4455-6677-8899-aabbccddeef")]
    [InlineData("0011223-34455-6677-8899-aabbccddeeff")]
    [InlineData("g0112233-4455-6677-8899-aabbccddeeff")]
    public void Other_text_is_no_uuid(string text) => Cell.Text(text).RefusedAs(Types.Uuid).ShouldBe("text that is not a uuid");

    [Theory]
    [InlineData("{\"a\": [1, 2.50, null]}")]
    [InlineData("null")]
    [InlineData("\"\\\\u0000\"")]
    public void Text_that_is_JSON_is_kept_as_it_is(string text) =>
        Cell.Text(text).To(Types.Json).ShouldBe(Cell.Json(text), CellComparer.Instance);

    [Theory]
    [InlineData("")]
    [InlineData("{a: 1}")]
    [InlineData("NaN")]
    [InlineData("1 2")]
    [InlineData("{\"a\":1,}")]
    public void Text_that_is_not_JSON_is_refused(string text) => Cell.Text(text).RefusedAs(Types.Json).ShouldBe("text that is not JSON");

    [Fact]
    public void A_NUL_written_as_an_escape_is_refused_too() => Cell.Text("\"a\\u0000\"").RefusedAs(Types.Json).ShouldContain("U+0000");

    [Fact]
    public void An_opaque_value_goes_only_where_it_came_from()
    {
        var opaque = new Cell(CellKind.Opaque, [1, 2]);
        opaque.To(Types.Opaque).ShouldBe(opaque, CellComparer.Instance);
        Cell.Text("1").RefusedAs(Types.Opaque).ShouldContain("the server's own type");
    }
}
