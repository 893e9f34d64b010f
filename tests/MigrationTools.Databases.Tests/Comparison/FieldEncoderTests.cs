using System.Text;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Cells of two engines that mean the same have one canonical form, and one hash.</summary>
public sealed class FieldEncoderTests
{
    [Theory]
    [InlineData("2024-02-29 23:59:59", 6, "2024-02-29 23:59:59.0")]
    [InlineData("0001-01-01 00:00:00", 6, "0001-01-01 00:00:00.000000")]
    [InlineData("1999-12-31T23:59:59", 0, "1999-12-31 23:59:59.4")]
    [InlineData("9999-12-31 23:59:59", 3, "9999-12-31 23:59:59.0001")]
    public void A_time_in_its_common_form_is_what_its_other_forms_are(string common, int digits, string other)
    {
        foreach (var kind in new[] { LogicalKind.Timestamp, LogicalKind.TimestampTz })
        {
            var field = Field(kind, digits);
            Form(field, CellKind.Text, Utf8(common)).ShouldBe(Form(field, CellKind.Text, Utf8(other)));
            Hash(field, CellKind.Text, Utf8(common)).ShouldBe(Hash(field, CellKind.Text, Utf8(other)));
        }
    }

    [Fact]
    public void A_number_is_a_truth_only_where_it_is_0_or_1()
    {
        var field = Field(LogicalKind.Boolean);
        Form(field, CellKind.Int64, BitConverter.GetBytes(1L)).ShouldBe(Form(field, CellKind.Boolean, [1]));
        Form(field, CellKind.Int64, BitConverter.GetBytes(0L)).ShouldBe(Form(field, CellKind.Boolean, [0]));
        foreach (var number in new[] { 2L, -1L, 256L, 257L, long.MinValue, 1L << 32 })
        {
            var form = Form(field, CellKind.Int64, BitConverter.GetBytes(number));
            form.ShouldNotBe(Form(field, CellKind.Boolean, [1]));
            form.ShouldNotBe(Form(field, CellKind.Boolean, [0]));
        }
    }

    [Fact]
    public void Numbers_have_one_hash_exactly_where_they_have_one_form()
    {
        var field = Field(LogicalKind.Decimal);
        var cells = new List<(CellKind Kind, byte[] Bytes)>();
        string[] texts =
        [
            "0", "-0.00", "1", "1.0", "1.50", "1.5", "-1.5", "0.01", "0.0100", "10000", "10000.00", "0.0001", "0.00010", "1234.5678", "12345678.9", "1e300", "1e-300", "0.1", "-0.5",
            "99999999999999.99", "123456789012345678901234567890.5", "9223372036854775807", "9223372036854775808", "0.000001", "0.1234567", "NaN", "Infinity", "-Infinity",
        ];
        foreach (var text in texts)
        {
            var wire = new byte[512];
            DecimalText.TryParse(Utf8(text), wire, out var length).ShouldBeTrue(text);
            cells.Add((CellKind.Decimal, wire[..length]));
            if (double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number))
            {
                cells.Add((CellKind.Float64, BitConverter.GetBytes(number)));
            }

            if (long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var whole))
            {
                cells.Add((CellKind.Int64, BitConverter.GetBytes(whole)));
            }
        }

        // As a server may send them, though PostgreSQL does not: with groups of zeros at either end.
        cells.Add((CellKind.Decimal, [0, 3, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0x13, 0x88]));
        cells.Add((CellKind.Decimal, [0, 3, 0, 0, 0, 0, 0, 8, 0, 1, 0x13, 0x88, 0, 0]));
        var random = new Random(17);
        for (var index = 0; index < 2000; index++)
        {
            cells.Add((CellKind.Float64, BitConverter.GetBytes(Math.Round(random.NextDouble() * Math.Pow(10, random.Next(1, 12)), random.Next(0, 7)))));
        }

        var forms = new Dictionary<string, UInt128>();
        foreach (var (kind, bytes) in cells)
        {
            var hash = Hash(field, kind, bytes);
            var form = Form(field, kind, bytes);
            if (!forms.TryAdd(form, hash))
            {
                forms[form].ShouldBe(hash, form);
            }
        }

        forms.Values.Distinct().Count().ShouldBe(forms.Count);
        forms.Count.ShouldBeLessThan(cells.Count - 15);
        forms.ShouldContainKey(Form(field, CellKind.Decimal, [0, 2, 0, 0, 0, 0, 0, 1, 0, 1, 0x13, 0x88]));
    }

    private static FieldEncoder Field(LogicalKind kind, int digits = 6) => new(new ColumnMeaning(kind) { SecondDigits = digits }, new LogicalType(LogicalKind.Dynamic));

    private static string Form(FieldEncoder field, CellKind kind, byte[] bytes)
    {
        var form = new CanonicalBuffer(0);
        field.Encode(kind, bytes, form);
        return Convert.ToHexString(form.Bytes);
    }

    private static UInt128 Hash(FieldEncoder field, CellKind kind, byte[] bytes)
    {
        var hash = new CellHash(7);
        if (field.IsPlain(kind))
        {
            hash.Add(kind, bytes);
        }
        else
        {
            field.Hash(kind, bytes, ref hash);
        }

        return hash.Value;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
