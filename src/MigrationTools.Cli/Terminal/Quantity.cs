using System.Globalization;

namespace MigrationTools.Cli.Terminal;

/// <summary>Numbers as people read them.</summary>
internal static class Quantity
{
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Count(long? number) => number is { } known ? Count(known) : "-";

    public static string Count(long number, string singular) => $"{Count(number)} {(number == 1 ? singular : singular + "s")}";

    /// <summary>Three digits and a unit of 1024.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
        var size = (double)bytes;
        var unit = 0;
        while (Math.Abs(size) >= 1000 && unit < units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 || size >= 100 ? Math.Round(size).ToString("0", CultureInfo.InvariantCulture) : size.ToString(size >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture))} {units[unit]}");
    }

    /// <summary>In the two units that matter.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalMilliseconds: < 1000 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(duration.TotalMilliseconds):0} ms"),
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes} min {duration.Seconds:00} s"),
        { TotalHours: < 24 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Hours} h {duration.Minutes:00} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalDays} d {duration.Hours:00} h"),
    };

    /// <summary>What is left, in whole seconds: a guess needs no tenths.</summary>
    public static string TimeLeft(TimeSpan left) => left.TotalSeconds < 60 ? $"{Count((long)Math.Ceiling(left.TotalSeconds))} s" : Duration(left);
}
