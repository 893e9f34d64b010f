using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Conversion;

/// <summary>Numbers are converted exactly or refused.</summary>
public sealed class NumberConversionTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("7")]
    [InlineData("-1")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    public void Text_that_is_an_integer_becomes_it(string text) =>
        Cell.Text(text).To(Types.Int64).ShouldBe(Cell.Int(long.Parse(text)), CellComparer.Instance);

    [Theory]
    [InlineData("007", 7)]
    [InlineData("+5", 5)]
    [InlineData("12.0", 12)]
    [InlineData("1e3", 1000)]
    [InlineData("-0", 0)]
    public void Text_is_an_integer_by_its_value(string text, long value) =>
        Cell.Text(text).To(Types.Int32).ShouldBe(Cell.Int(value), CellComparer.Instance);

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1x")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("1,5")]
    [InlineData("e5")]
    [InlineData(".")]
    [InlineData("--1")]
    [InlineData("1e")]
    public void Text_that_is_not_wholly_a_number_is_no_number(string text)
    {
        Cell.Text(text).RefusedAs(Types.Int64).ShouldBe("text that is not a number");
        Cell.Text(text).RefusedAs(Types.Decimal()).ShouldBe("text that is not a number");
        Cell.Text(text).RefusedAs(Types.Float64).ShouldBe("text that is not a number");
    }

    [Theory]
    [InlineData(32768, LogicalKind.Int16)]
    [InlineData(-32769, LogicalKind.Int16)]
    [InlineData(2147483648, LogicalKind.Int32)]
    public void An_integer_outside_of_the_range_is_refused(long value, LogicalKind kind)
    {
        Cell.Int(value).RefusedAs(new LogicalType(kind)).ShouldStartWith("outside of ");
        Cell.Float(value).RefusedAs(new LogicalType(kind)).ShouldStartWith("outside of ");
        Cell.Text($"{value}").RefusedAs(new LogicalType(kind)).ShouldStartWith("outside of ");
    }

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("1e40")]
    public void A_number_past_64_bits_is_outside_of_the_range(string number)
    {
        Cell.Decimal(number).RefusedAs(Types.Int64).ShouldStartWith("outside of ");
        Cell.Text(number).RefusedAs(Types.Int64).ShouldStartWith("outside of ");
    }

    [Fact]
    public void A_float_that_is_not_whole_is_no_integer()
    {
        Cell.Float(1.5).RefusedAs(Types.Int64).ShouldBe("not a whole number");
        Cell.Float(double.NaN).RefusedAs(Types.Int64).ShouldBe("not a whole number");
        Cell.Float(double.PositiveInfinity).RefusedAs(Types.Int64).ShouldBe("not a whole number");
        Cell.Float(3).To(Types.Int64).ShouldBe(Cell.Int(3), CellComparer.Instance);
        Cell.Float(-9223372036854775808.0).To(Types.Int64).ShouldBe(Cell.Int(long.MinValue), CellComparer.Instance);
        Cell.Float(9223372036854775808.0).RefusedAs(Types.Int64).ShouldStartWith("outside of ");
    }

    [Fact]
    public void An_integer_that_no_double_is_stays_out_of_a_double()
    {
        Cell.Int(9007199254740993).RefusedAs(Types.Float64).ShouldBe("a number that a double can't hold exactly");
        Cell.Int(long.MaxValue).RefusedAs(Types.Float64).ShouldBe("a number that a double can't hold exactly");
        Cell.Int(9007199254740992).To(Types.Float64).ShouldBe(Cell.Float(9007199254740992), CellComparer.Instance);
        Cell.Int(16777217).RefusedAs(Types.Float32).ShouldContain("can't hold exactly");
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(1e300, "1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(1.5e-7, "0.00000015")]
    [InlineData(-0.0, "0")]
    [InlineData(1234567890123456768.0, "1234567890123456768")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_double_is_the_decimal_of_its_shortest_text(double value, string text) =>
        CellText.ToString(CellKind.Decimal, Cell.Float(value).To(Types.Decimal()).Bytes).ShouldBe(text);

    /// <summary>The short way to a decimal and .NET's shortest text are two ways to one number.</summary>
    [Fact]
    public void A_double_s_decimal_is_its_shortest_text_whichever_way_it_is_found() => Prop.ForAll(
        ArbMap.Default.ArbFor<double>().Filter(value => double.IsFinite(value) && !DecimalFloat.IsInt64(value)),
        ArbMap.Default.ArbFor<int>(),
        Gen.Choose(0, 9).ToArbitrary(),
        (any, unscaled, scale) =>
        {
            foreach (var value in new[] { any, unscaled / Math.Pow(10, scale), Math.BitIncrement(unscaled / Math.Pow(10, scale)), unscaled * 1e-3 * scale })
            {
                var expected = DecimalFloat.IsInt64(value) ? $"{(long)value}" : value.ToString("R", CultureInfo.InvariantCulture);
                DecimalWire.ValueEquals(Cell.Float(value).To(Types.Decimal()).Bytes, Cell.Decimal(expected).Bytes).ShouldBeTrue($"{value:R}");
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.5, "0.5")]
    [InlineData(-123.45, "-123.45")]
    [InlineData(10000.0001, "10000.0001")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(99999999.999999, "99999999.999999")]
    [InlineData(100.00001, "100.00001")]
    public void A_double_of_few_digits_is_written_with_them(double value, string text) =>
        CellText.ToString(CellKind.Decimal, Cell.Float(value).To(Types.Decimal()).Bytes).ShouldBe(text);

    [Fact]
    public void A_denormal_survives_the_way_through_a_decimal()
    {
        var exact = Cell.Float(double.Epsilon).To(Types.Decimal());
        exact.To(Types.Float64).ShouldBe(Cell.Float(double.Epsilon), CellComparer.Instance);
    }

    [Fact]
    public void A_decimal_with_more_digits_than_a_double_is_refused()
    {
        Cell.Decimal("0.1000000000000000000000000001").RefusedAs(Types.Float64).ShouldContain("can't hold exactly");
        Cell.Decimal("0.1").To(Types.Float64).ShouldBe(Cell.Float(0.1), CellComparer.Instance);
        Cell.Decimal("0.1").To(Types.Float32).ShouldBe(Cell.Single(0.1f), CellComparer.Instance);
        Cell.Float(0.1).RefusedAs(Types.Float32).ShouldContain("can't hold exactly");
        Cell.Text("0.10000000000000001").To(Types.Float64).ShouldBe(Cell.Float(0.1), CellComparer.Instance);
    }

    [Theory]
    [InlineData("123.45", 5, 2, null)]
    [InlineData("123.4500", 5, 2, null)]
    [InlineData("123.456", 5, 2, "more than 2 digits after the point (3)")]
    [InlineData("1234.5", 5, 2, "more than 3 digits before the point (4)")]
    [InlineData("0.00", 2, 2, null)]
    [InlineData("0.99", 2, 2, null)]
    [InlineData("1", 2, 2, "more than 0 digits before the point (1)")]
    [InlineData("12345678901234567890123456789012345678", 38, 0, null)]
    [InlineData("0.00000000000000000000000000000000000001", 38, 38, null)]
    [InlineData("1200", 2, -2, null)]
    [InlineData("1250", 2, -2, "more than -2 digits after the point (-1)")]
    [InlineData("NaN", 5, 2, null)]
    [InlineData("-Infinity", 5, 2, "infinity, which a decimal with a precision can't hold")]
    public void A_decimal_fits_its_precision_and_scale_or_is_refused(string number, int precision, int scale, string? reason)
    {
        var type = Types.Decimal(precision, scale);
        if (reason is null)
        {
            Cell.Decimal(number).To(type).ShouldBe(Cell.Decimal(number), CellComparer.Instance);
        }
        else
        {
            Cell.Decimal(number).RefusedAs(type).ShouldBe(reason);
        }
    }

    [Theory]
    [InlineData("NaN", double.NaN)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    public void The_words_for_what_is_no_number_are_read(string text, double value)
    {
        Cell.Text(text).To(Types.Float64).ShouldBe(Cell.Float(value), CellComparer.Instance);
        Cell.Text(text).To(Types.Decimal()).ShouldBe(Cell.Decimal(text), CellComparer.Instance);
        Cell.Float(value).To(Types.Text()).ShouldBe(Cell.Text(text), CellComparer.Instance);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("F", false)]
    [InlineData("Yes", true)]
    [InlineData("0", false)]
    [InlineData("off", false)]
    public void A_word_for_a_boolean_becomes_it(string text, bool value) =>
        Cell.Text(text).To(Types.Boolean).ShouldBe(Cell.Boolean(value), CellComparer.Instance);

    [Fact]
    public void Only_0_and_1_are_booleans_among_numbers()
    {
        Cell.Int(1).To(Types.Boolean).ShouldBe(Cell.Boolean(true), CellComparer.Instance);
        Cell.Float(0).To(Types.Boolean).ShouldBe(Cell.Boolean(false), CellComparer.Instance);
        Cell.Decimal("1.0").To(Types.Boolean).ShouldBe(Cell.Boolean(true), CellComparer.Instance);
        Cell.Int(2).RefusedAs(Types.Boolean).ShouldBe("a number other than 0 and 1");
        Cell.Text("maybe").RefusedAs(Types.Boolean).ShouldBe("text that is not a boolean");
    }
}
