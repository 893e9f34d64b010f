using System.Globalization;

namespace MigrationTools.Engine.Reports;

/// <summary>How figures read in reports. What was not measured has words of its own, and is never a zero.</summary>
internal static class Figures
{
    public const string NotMeasured = "not measured";

    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Count(long? value) => value is { } known ? Count(known) : NotMeasured;

    /// <summary>Such as <c>1 table</c>, <c>2 tables</c>.</summary>
    public static string Of(long value, string one, string? many = null) => $"{Count(value)} {(value == 1 ? one : many ?? one + "s")}";

    /// <summary>In powers of 1024.</summary>
    public static string Bytes(long? value)
    {
        if (value is not { } bytes)
        {
            return NotMeasured;
        }

        var scaled = (double)bytes;
        var unit = 0;
        while (scaled >= 1024 && unit < ByteUnits.Length - 1)
        {
            scaled /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 ? scaled.ToString("0", CultureInfo.InvariantCulture) : scaled.ToString("0.0", CultureInfo.InvariantCulture))} {ByteUnits[unit]}");
    }

    public static string Duration(long? milliseconds)
    {
        if (milliseconds is not { } known)
        {
            return NotMeasured;
        }

        var span = TimeSpan.FromMilliseconds(known);
        return span switch
        {
            { TotalMilliseconds: < 1000 } => string.Create(CultureInfo.InvariantCulture, $"{known} ms"),
            { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalSeconds * 10) / 10:0.0} s"),
            { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds:00} s"),
            { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Hours} h {span.Minutes:00} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{span.Days} d {span.Hours:00} h"),
        };
    }

    public static string RowsPerSecond(double? value) => value is { } known ? $"{Count((long)Math.Round(known))} rows/s" : NotMeasured;

    /// <summary>A share in percent, cut and not rounded: only the whole is 100 %, and only nothing is 0 %.</summary>
    public static string Percent(double? share) => share switch
    {
        null => NotMeasured,
        >= 1 => "100 %",
        <= 0 => "0 %",
        < 0.001 => "under 0.1 %",
        { } part => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(part * 1000) / 10:0.0} %"),
    };

    public static string Moment(DateTimeOffset? at) =>
        at is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : "not known";

    public static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The summary that every set of checks carries.</summary>
    public static string ChecksRun(int run, int required) =>
        string.Create(CultureInfo.InvariantCulture, $"{run} of {required} required {(required == 1 ? "check" : "checks")} ran");
}
