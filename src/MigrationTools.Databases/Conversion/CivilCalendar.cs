namespace MigrationTools.Databases.Conversion;

/// <summary>
/// Days since 2000-01-01 and the proleptic Gregorian calendar, over PostgreSQL's whole range, which DateTime does not have.
/// The arithmetic is Howard Hinnant's (chrono-Compatible Low-Level Date Algorithms: days_from_civil, civil_from_days).
/// Years are astronomical: 0 is 1 BC.
/// </summary>
public static class CivilCalendar
{
    /// <summary>4714-11-24 BC, Julian day 0: the first day that PostgreSQL has.</summary>
    public const int FirstDay = -2451545;

    /// <summary>5874897-12-31: the last day of PostgreSQL's date.</summary>
    public const int LastDay = 2145031948;

    /// <summary>294276-12-31: the last day of PostgreSQL's timestamp.</summary>
    public const int LastTimestampDay = 106751982;

    public const long MicrosecondsPerDay = 86_400_000_000;

    /// <summary>Days from 0000-03-01 to 2000-01-01.</summary>
    private const int DaysTo2000 = 730425;

    private const int DaysPerEra = 146097;

    /// <summary>The day of a date that <see cref="IsDate"/>.</summary>
    public static int ToDays(int year, int month, int day)
    {
        var shifted = month <= 2 ? year - 1 : year;
        var era = (shifted >= 0 ? shifted : shifted - 399) / 400;
        var yearOfEra = shifted - (era * 400);
        var dayOfYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * DaysPerEra) + dayOfEra - DaysTo2000;
    }

    /// <summary>Year, month and day of a day.</summary>
    public static (int Year, int Month, int Day) FromDays(int days)
    {
        var shifted = (long)days + DaysTo2000;
        var era = (shifted >= 0 ? shifted : shifted - (DaysPerEra - 1)) / DaysPerEra;
        var dayOfEra = (int)(shifted - (era * DaysPerEra));
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36524) - (dayOfEra / 146096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var shiftedMonth = ((5 * dayOfYear) + 2) / 153;
        var day = dayOfYear - (((153 * shiftedMonth) + 2) / 5) + 1;
        var month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
        return ((int)(yearOfEra + (era * 400)) + (month <= 2 ? 1 : 0), month, day);
    }

    /// <summary>Whether the calendar has this month and day.</summary>
    public static bool IsDate(int year, int month, int day) => month is >= 1 and <= 12 && day >= 1 && day <= DaysIn(year, month);

    private static int DaysIn(int year, int month) => month switch
    {
        2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };
}
