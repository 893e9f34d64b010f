using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Providers;

/// <summary>A value of a logical type, and the form in which SQLite, whose types belong to values, gives it back. PostgreSQL gives the very cell.</summary>
public sealed record TypeCase(LogicalType Type, Cell Written, Cell InSqlite)
{
    private const long Microsecond = 1;
    private const long Second = 1_000_000 * Microsecond;
    private const long Day = 86_400 * Second;

    /// <summary>By the name that a test shows.</summary>
    public static IReadOnlyDictionary<string, TypeCase> All { get; } = new Dictionary<string, TypeCase>
    {
        ["boolean true"] = new(new(LogicalKind.Boolean), Cell.Boolean(true), Cell.Int64(1)),
        ["boolean false"] = new(new(LogicalKind.Boolean), Cell.Boolean(false), Cell.Int64(0)),
        ["smallest int16"] = Same(LogicalKind.Int16, Cell.Int64(short.MinValue)),
        ["largest int16"] = Same(LogicalKind.Int16, Cell.Int64(short.MaxValue)),
        ["smallest int32"] = Same(LogicalKind.Int32, Cell.Int64(int.MinValue)),
        ["largest int32"] = Same(LogicalKind.Int32, Cell.Int64(int.MaxValue)),
        ["smallest int64"] = Same(LogicalKind.Int64, Cell.Int64(long.MinValue)),
        ["largest int64"] = Same(LogicalKind.Int64, Cell.Int64(long.MaxValue)),
        ["decimal(12,2)"] = new(Decimal(12, 2), Cell.Decimal("1234567890.12"), Cell.Float64(1234567890.12)),
        ["decimal(12,2) with zeros"] = new(Decimal(12, 2), Cell.Decimal("1.50"), Cell.Float64(1.5)),
        ["whole decimal(12,2)"] = new(Decimal(12, 2), Cell.Decimal("-7.00"), Cell.Int64(-7)),
        ["zero decimal(12,2)"] = new(Decimal(12, 2), Cell.Decimal("0.00"), Cell.Int64(0)),
        ["decimal(38,10)"] = TextLike(Decimal(38, 10), "1234567890123456789012345678.0123456789"),
        ["negative decimal(38,38)"] = TextLike(Decimal(38, 38), "-0.00000000000000000000000000000000000001"),
        ["decimal of any precision"] = TextLike(new(LogicalKind.Decimal), "100000000000000000000000000000000000000000000.0000000000000000000000000000000000000001"),
        ["decimal NaN"] = TextLike(new(LogicalKind.Decimal), "NaN"),
        ["zero of any precision"] = TextLike(new(LogicalKind.Decimal), "0"),
        ["float32"] = new(new(LogicalKind.Float32), Cell.Float32(0.1f), Cell.Float64(0.1f)),
        ["float64 of 1e300"] = Same(LogicalKind.Float64, Cell.Float64(1e300)),
        ["smallest denormal float64"] = Same(LogicalKind.Float64, Cell.Float64(double.Epsilon)),
        ["float64 of a tenth"] = Same(LogicalKind.Float64, Cell.Float64(0.1)),
        ["float64 infinity"] = Same(LogicalKind.Float64, Cell.Float64(double.PositiveInfinity)),
        ["float64 negative infinity"] = Same(LogicalKind.Float64, Cell.Float64(double.NegativeInfinity)),
        ["float64 NaN"] = new(new(LogicalKind.Float64), Cell.Float64(double.NaN), Cell.Text("NaN")),
        ["empty text"] = Same(LogicalKind.Text, Cell.Text(string.Empty)),
        ["a blank"] = Same(LogicalKind.Text, Cell.Text(" ")),
        ["the text NULL"] = Same(LogicalKind.Text, Cell.Text("NULL")),
        ["the text <null>"] = Same(LogicalKind.Text, Cell.Text("<null>")),
        ["the text \\N"] = Same(LogicalKind.Text, Cell.Text("\\N")),
        ["text with quotes and separators"] = Same(LogicalKind.Text, Cell.Text("a'b\"c;d,e\tf\ng\\h\r\n--/*")),
        ["text outside the basic plane"] = Same(LogicalKind.Text, Cell.Text("😀 𝒜 e\u0301 é Ω 日本語")),
        ["text that is a number"] = Same(LogicalKind.Text, Cell.Text("007")),
        ["text of limited length"] = new(new(LogicalKind.Text) { Length = 3 }, Cell.Text("äöü"), Cell.Text("äöü")),
        ["char(5)"] = new(new(LogicalKind.Char) { Length = 5 }, Cell.Text("ab   "), Cell.Text("ab   ")),
        ["empty blob"] = Same(LogicalKind.Blob, Cell.Blob()),
        ["blob of zeros and others"] = Same(LogicalKind.Blob, Cell.Blob(0, 255, 0, 39, 92)),
        ["date"] = new(new(LogicalKind.Date), Cell.Date(8_093), Cell.Text("2022-02-27")),
        ["leap day"] = new(new(LogicalKind.Date), Cell.Date(59), Cell.Text("2000-02-29")),
        ["date before Christ"] = new(new(LogicalKind.Date), Cell.Date(-746_117), Cell.Text("0044-03-15 BC")),
        ["last date"] = new(new(LogicalKind.Date), Cell.Date(2_145_031_948), Cell.Text("5874897-12-31")),
        ["date infinity"] = new(new(LogicalKind.Date), Cell.Date(int.MaxValue), Cell.Text("infinity")),
        ["date -infinity"] = new(new(LogicalKind.Date), Cell.Date(int.MinValue), Cell.Text("-infinity")),
        ["midnight"] = new(new(LogicalKind.Time), Cell.Time(0), Cell.Text("00:00:00")),
        ["time"] = new(new(LogicalKind.Time), Cell.Time((13 * 3600 * Second) + (5 * 60 * Second) + 7), Cell.Text("13:05:00.000007")),
        ["end of the day"] = new(new(LogicalKind.Time), Cell.Time(Day), Cell.Text("24:00:00")),
        ["timestamp"] = new(new(LogicalKind.Timestamp), Cell.Timestamp((59 * Day) + 1_500_000), Cell.Text("2000-02-29 00:00:01.5")),
        ["timestamp before 2000"] = new(new(LogicalKind.Timestamp), Cell.Timestamp(-1), Cell.Text("1999-12-31 23:59:59.999999")),
        ["timestamp infinity"] = new(new(LogicalKind.Timestamp), Cell.Timestamp(long.MaxValue), Cell.Text("infinity")),
        ["timestamp -infinity"] = new(new(LogicalKind.Timestamp), Cell.Timestamp(long.MinValue), Cell.Text("-infinity")),
        ["instant"] = new(new(LogicalKind.TimestampTz), Cell.TimestampTz(0), Cell.Text("2000-01-01 00:00:00Z")),
        ["instant infinity"] = new(new(LogicalKind.TimestampTz), Cell.TimestampTz(long.MaxValue), Cell.Text("infinity")),
        ["interval"] = new(new(LogicalKind.Interval), Cell.Interval(14, -3, 3_723_500_000), Cell.Text("P1Y2M-3DT1H2M3.5S")),
        ["negative part of a second"] = new(new(LogicalKind.Interval), Cell.Interval(0, 0, -500_000), Cell.Text("PT-0.5S")),
        ["empty interval"] = new(new(LogicalKind.Interval), Cell.Interval(0, 0, 0), Cell.Text("PT0S")),
        ["uuid"] = new(new(LogicalKind.Uuid), Cell.Uuid("00112233-4455-6677-8899-AABBCCDDEEFF"), Cell.Text("00112233-4455-6677-8899-aabbccddeeff")),
        ["json"] = new(new(LogicalKind.Json), Cell.Json("""{"a": [1, 2.50, null, "x"]}"""), Cell.Text("""{"a": [1, 2.50, null, "x"]}""")),
        ["json that is a number"] = new(new(LogicalKind.Json), Cell.Json("1.0"), Cell.Text("1.0")),
    };

    private static LogicalType Decimal(int precision, int scale) => new(LogicalKind.Decimal) { Precision = precision, Scale = scale };

    private static TypeCase Same(LogicalKind kind, Cell cell) => new(new LogicalType(kind), cell, cell);

    private static TypeCase TextLike(LogicalType type, string number) => new(type, Cell.Decimal(number), Cell.Text(number));
}
