using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Conversion;
using MigrationTools.Databases.Tests.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Values are equal in canonical form exactly where they mean the same.</summary>
public sealed class CanonicalFormTests
{
    private static readonly ColumnMeaning ByValue = new(LogicalKind.Dynamic);

    [Fact]
    public void Nothing_that_looks_like_null_is_null()
    {
        Cell[] values = [Cell.Null, Cell.Text(""), Cell.Text(" "), Cell.Text("NULL"), Cell.Text("null"), Cell.Text("<null>"), Cell.Text("\0"), Cell.Blob(), Cell.Blob(0), Cell.Int(0)];
        values.Select(value => Convert.ToHexString(Encoded.As(ByValue, value))).ShouldBeUnique();
        values.Select(value => Convert.ToHexString(Encoded.As(new ColumnMeaning(LogicalKind.Text), value, Types.Text())))
            .Distinct().Count().ShouldBe(values.Length - 2, "'' and an empty blob, '\\0' and a blob of it, are one text each");
    }

    [Fact]
    public void Infinities_are_not_null_and_not_each_other()
    {
        var meaning = Encoded.Meaning(Types.Timestamp(), Types.Timestamp())!;
        Cell[] values = [Cell.Null, Cell.Timestamp("infinity"), Cell.Timestamp("-infinity"), Cell.Timestamp("294276-12-31")];
        values.Select(value => Convert.ToHexString(Encoded.As(meaning, value))).ShouldBeUnique();
    }

    [Fact]
    public void One_is_one_in_every_kind_of_number_but_not_the_text_one()
    {
        Cell[] ones = [Cell.Int(1), Cell.Float(1), Cell.Single(1), Cell.Decimal("1"), Cell.Decimal("1.000")];
        ones.Select(one => Convert.ToHexString(Encoded.As(ByValue, one))).Distinct().Count().ShouldBe(1);
        Encoded.As(ByValue, Cell.Text("1")).ShouldNotBe(Encoded.As(ByValue, Cell.Int(1)));
        Encoded.As(ByValue, Cell.Text("1.0")).ShouldNotBe(Encoded.As(ByValue, Cell.Text("1")));
    }

    [Fact]
    public void Floats_are_equal_by_bits_but_for_zero_and_NaN()
    {
        var floats = new ColumnMeaning(LogicalKind.Float64);
        Encoded.As(floats, Cell.Float(-0.0)).ShouldBe(Encoded.As(floats, Cell.Float(0)));
        Encoded.As(floats, Cell.Float(BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_1234))).ShouldBe(Encoded.As(floats, Cell.Float(double.NaN)));
        Encoded.As(floats, Cell.Float(double.Epsilon)).ShouldNotBe(Encoded.As(floats, Cell.Float(0)));
        Encoded.As(floats, Cell.Float(1e300)).ShouldNotBe(Encoded.As(floats, Cell.Float(Math.BitIncrement(1e300))));
        Encoded.As(floats, Cell.Float(double.PositiveInfinity)).ShouldNotBe(Encoded.As(floats, Cell.Float(double.MaxValue)));
    }

    [Fact]
    public void A_value_that_the_meaning_can_not_take_equals_only_its_like()
    {
        Encoded.Equal(Types.Int64, Cell.Text("abc"), Types.Int64, Cell.Text("abc")).ShouldBeTrue();
        Encoded.Equal(Types.Int64, Cell.Text("abc"), Types.Int64, Cell.Text("abd")).ShouldBeFalse();
        Encoded.Equal(Types.Int64, Cell.Text("abc"), Types.Int64, Cell.Null).ShouldBeFalse();
        Encoded.Equal(Types.Int64, Cell.Text("12"), Types.Int64, Cell.Int(12)).ShouldBeTrue();
        Encoded.Equal(Types.Date, Cell.Int(8766), Types.Date, Cell.Date(8766)).ShouldBeFalse("a number is not guessed to be a date");
        Encoded.Equal(Types.Boolean, Cell.Int(2), Types.Boolean, Cell.Boolean(true)).ShouldBeFalse();
    }

    [Fact]
    public void Instants_are_equal_in_UTC_whatever_their_offset()
    {
        Encoded.Equal(Types.TimestampTz(), Cell.Text("2024-03-31T02:30:00+02:00"), Types.TimestampTz(), Cell.TimestampTz("2024-03-31 00:30Z")).ShouldBeTrue();
        Encoded.Equal(Types.Timestamp(), Cell.Timestamp("2024-03-31 00:30"), Types.TimestampTz(), Cell.TimestampTz("2024-03-31 00:30Z")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("2024-01-01 00:00:00.1234", "2024-01-01 00:00:00.123", true)]
    [InlineData("2024-01-01 00:00:00.1236", "2024-01-01 00:00:00.124", true)]
    [InlineData("2024-01-01 00:00:00.1236", "2024-01-01 00:00:00.123", false)]
    [InlineData("1999-12-31 23:59:59.9996", "2000-01-01", true)]
    [InlineData("infinity", "infinity", true)]
    public void Timestamps_are_compared_at_the_coarser_precision(string fine, string coarse, bool equal) =>
        Encoded.Equal(Types.Timestamp(6), Cell.Timestamp(fine), Types.Timestamp(3), Cell.Timestamp(coarse)).ShouldBe(equal);

    [Fact]
    public void Padding_counts_only_between_texts_that_are_not_padded()
    {
        Encoded.Equal(Types.Char(5), Cell.Text("ab   "), Types.Text(), Cell.Text("ab")).ShouldBeTrue();
        Encoded.Equal(Types.Char(5), Cell.Text("ab   "), Types.Char(9), Cell.Text("ab       ")).ShouldBeTrue();
        Encoded.Equal(Types.Text(), Cell.Text("ab "), Types.Text(), Cell.Text("ab")).ShouldBeFalse();
        Encoded.Equal(Types.Char(5), Cell.Text(" ab  "), Types.Text(), Cell.Text("ab")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("{\"a\": 1, \"b\": [true, null]}", "{\"b\":[true,null],\"a\":1.0}", true)]
    [InlineData("{\"a\": 1, \"a\": 2}", "{\"a\": 2}", true)]
    [InlineData("\"\\u00e9\\/\"", "\"é/\"", true)]
    [InlineData("1e2", "100", true)]
    [InlineData("1.5e1000", "15E999", true)]
    [InlineData("1e1000", "1e1001", false)]
    [InlineData("1e-500", "0", false)]
    [InlineData("[1, 2]", "[2, 1]", false)]
    [InlineData("\"1\"", "1", false)]
    [InlineData("null", "\"null\"", false)]
    public void JSON_of_two_types_is_compared_by_value(string source, string target, bool equal) =>
        Encoded.Equal(Types.Json, Cell.Text(source), Types.Json, Cell.Json(target)).ShouldBe(equal);

    [Fact]
    public void JSON_of_one_type_is_compared_by_its_text() => Encoded.Meaning(Types.Json, Types.Json, "json", "json")!.JsonByValue.ShouldBeFalse();

    [Fact]
    public void A_combining_mark_and_a_letter_with_it_are_two_texts() =>
        Encoded.Equal(Types.Text(), Cell.Text("e\u0301"), Types.Text(), Cell.Text("é")).ShouldBeFalse();

    [Fact]
    public void A_long_value_is_told_from_another_by_its_last_byte_and_by_its_length()
    {
        var one = new byte[100_000];
        var other = new byte[100_000];
        other[^1] = 1;
        var blobs = new ColumnMeaning(LogicalKind.Blob);
        Encoded.As(blobs, Cell.Blob(one)).ShouldNotBe(Encoded.As(blobs, Cell.Blob(other)));
        Encoded.As(blobs, Cell.Blob(one)).ShouldNotBe(Encoded.As(blobs, Cell.Blob(one[..^1])));
        Encoded.As(blobs, Cell.Blob(one)).ShouldBe(Encoded.As(blobs, Cell.Blob((byte[])one.Clone())));
        Encoded.As(blobs, Cell.Blob(one)).Length.ShouldBeLessThan(400, "it stays small");
    }

    [Fact]
    public void Separators_in_values_forge_no_field()
    {
        byte[] Row(params string[] values) => [.. values.SelectMany(value => Encoded.As(new ColumnMeaning(LogicalKind.Text), Cell.Text(value)))];
        Row("a,b", "c").ShouldNotBe(Row("a", "b,c"));
        Row("a\u0006\u0001b", "").ShouldNotBe(Row("a", "b"));
        Row("", "a").ShouldNotBe(Row("a", ""));
        Row("'", "\"").ShouldNotBe(Row("'\"", ""));
    }

    /// <summary>Every number has one form, whichever kinds can hold it.</summary>
    [Fact]
    public void Numbers_are_equal_exactly_where_their_values_are() => Prop.ForAll(
        ArbMap.Default.ArbFor<DoNotSize<long>>(),
        ArbMap.Default.ArbFor<double>().Filter(double.IsFinite),
        ArbMap.Default.ArbFor<decimal>(),
        (whole, real, exact) =>
        {
            var integer = whole.Item;
            Cell[] cells = [Cell.Int(integer), Cell.Float(real), Cell.Decimal($"{exact}"), Cell.Decimal($"{integer}.000"), Cell.Float(real).To(Types.Decimal()), Cell.Text($"{exact}").To(Types.Decimal())];
            foreach (var left in cells)
            {
                foreach (var right in cells)
                {
                    DecimalWire.ValueEquals(left.To(Types.Decimal()).Bytes, right.To(Types.Decimal()).Bytes)
                        .ShouldBe(Encoded.As(ByValue, left).AsSpan().SequenceEqual(Encoded.As(ByValue, right)), $"{left} and {right}");
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Integers_floats_and_text_sort_by_value_as_keys() => Prop.ForAll(
        ArbMap.Default.ArbFor<long>().Generator.Two().ToArbitrary(),
        ArbMap.Default.ArbFor<double>().Filter(value => !double.IsNaN(value)).Generator.Two().ToArbitrary(),
        ArbMap.Default.ArbFor<NonNull<string>>().Generator.Two().ToArbitrary(),
        (integers, reals, texts) =>
        {
            Order(Cell.Int(integers.Item1), Cell.Int(integers.Item2)).ShouldBe(Math.Sign(integers.Item1.CompareTo(integers.Item2)));
            var floats = new ColumnMeaning(LogicalKind.Float64);
            Math.Sign(CanonicalField.CompareKeys(Encoded.As(floats, Cell.Float(reals.Item1)), Encoded.As(floats, Cell.Float(reals.Item2))))
                .ShouldBe(reals.Item1 == reals.Item2 ? 0 : Math.Sign(reals.Item1.CompareTo(reals.Item2)));
            var (left, right) = (Encoding.UTF8.GetBytes(texts.Item1.Get), Encoding.UTF8.GetBytes(texts.Item2.Get));
            Order(Cell.Text(texts.Item1.Get), Cell.Text(texts.Item2.Get)).ShouldBe(Math.Sign(left.AsSpan().SequenceCompareTo(right)));
        }).QuickCheckThrowOnFailure();

    /// <summary>A field that was put aside reads as the value did.</summary>
    [Fact]
    public void What_was_encoded_can_be_read() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>().Filter(text => text.Get.Length <= FieldText.MaxLength && !text.Get.Any(char.IsSurrogate)),
        ArbMap.Default.ArbFor<long>(),
        ArbMap.Default.ArbFor<decimal>(),
        (text, integer, exact) =>
        {
            Encoded.Text(Encoded.As(ByValue, Cell.Text(text.Get))).ShouldBe(text.Get);
            Encoded.Text(Encoded.As(ByValue, Cell.Int(integer))).ShouldBe($"{integer}");
            decimal.Parse(Encoded.Text(Encoded.As(ByValue, Cell.Decimal($"{exact}")))!).ShouldBe(exact);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_moment_that_was_encoded_can_be_read() => Prop.ForAll(
        ArbMap.Default.ArbFor<DateTime>(),
        moment =>
        {
            var written = $"{moment:yyyy-MM-dd HH:mm:ss.ffffff}";
            DateTime.Parse(Encoded.Text(Encoded.As(ByValue, Cell.Timestamp(written)))!).ShouldBe(DateTime.Parse(written));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_kind_of_cell_can_be_read_back()
    {
        Cell[] cells =
        [
            Cell.Null, Cell.Boolean(true), Cell.Int(-1), Cell.Float(0.1), Cell.Single(0.1f), Cell.Decimal("1.5"), Cell.Decimal("NaN"), Cell.Text("t"), Cell.Blob(1, 255), Cell.Date("2024-02-29"),
            Cell.Text("12:34:56").To(Types.Time()), Cell.Timestamp("0044-03-15 12:00 BC"), Cell.TimestampTz("infinity"), Cell.Text("P1M").To(Types.Interval),
            Cell.Text("00112233-4455-6677-8899-aabbccddeeff").To(Types.Uuid), Cell.Json("{}"), new Cell(CellKind.Opaque, [1]),
        ];
        cells.Select(cell => Encoded.Text(Encoded.As(ByValue, cell))).ShouldBe(
        [
            null, "true", "-1", "0.1", "0.1", "1.5", "NaN", "t", "\\x01ff", "2024-02-29", "12:34:56", "0044-03-15 12:00:00 BC", "infinity", "P1M",
            "00112233-4455-6677-8899-aabbccddeeff", "{}", "\\x01",
        ]);
        Encoded.Text(Encoded.As(new ColumnMeaning(LogicalKind.Float64), Cell.Float(1e300))).ShouldBe("1e+300");
        Encoded.Text(Encoded.As(new ColumnMeaning(LogicalKind.Float32), Cell.Single(-1.5f))).ShouldBe("-1.5");
    }

    private static int Order(Cell left, Cell right) => Math.Sign(CanonicalField.CompareKeys(Encoded.As(ByValue, left), Encoded.As(ByValue, right)));
}
