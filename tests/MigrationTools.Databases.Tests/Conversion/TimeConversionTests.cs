using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Conversion;

/// <summary>Dates and times: what is read, what is refused, how they are written.</summary>
public sealed class TimeConversionTests
{
    [Theory]
    [InlineData("2024-01-01", "2024-01-01 00:00:00")]
    [InlineData("2024-01-01 12:00", "2024-01-01 12:00:00")]
    [InlineData("2024-01-01T12:00:01", "2024-01-01 12:00:01")]
    [InlineData("2024-01-01T12:00:01.5", "2024-01-01 12:00:01.5")]
    [InlineData("2024-01-01 12:00:01.123456000", "2024-01-01 12:00:01.123456")]
    [InlineData("2024-01-01T12:00:00Z", "2024-01-01 12:00:00")]
    [InlineData("2024-01-01 24:00:00", "2024-01-02 00:00:00")]
    [InlineData("2000-02-29", "2000-02-29 00:00:00")]
    [InlineData("0001-01-01", "0001-01-01 00:00:00")]
    [InlineData("9999-12-31 23:59:59.999999", "9999-12-31 23:59:59.999999")]
    [InlineData("10000-01-01", "10000-01-01 00:00:00")]
    [InlineData("294276-12-31 23:59:59.999999", "294276-12-31 23:59:59.999999")]
    [InlineData("0044-03-15 BC", "0044-03-15 00:00:00 BC")]
    [InlineData("4714-11-24 00:00:00 BC", "4714-11-24 00:00:00 BC")]
    [InlineData("infinity", "infinity")]
    [InlineData("-infinity", "-infinity")]
    public void Text_in_ISO_form_is_a_timestamp(string text, string written) =>
        Cell.Text(text).To(Types.Timestamp()).ToString().ShouldBe($"Timestamp:{written}");

    [Theory]
    [InlineData("2024-01-01 12:00+02:00", "2024-01-01 10:00:00Z")]
    [InlineData("2024-01-01T12:00:00-0330", "2024-01-01 15:30:00Z")]
    [InlineData("2024-01-01 12:00:00.25+01", "2024-01-01 11:00:00.25Z")]
    [InlineData("2024-01-01 12:00:00 UTC", "2024-01-01 12:00:00Z")]
    [InlineData("1890-01-01 00:00:00+00:53:28", "1889-12-31 23:06:32Z")]
    [InlineData("2024-01-01 12:00", "2024-01-01 12:00:00Z")]
    public void Text_with_an_offset_is_an_instant_and_without_one_it_is_UTC(string text, string written) =>
        Cell.Text(text).To(Types.TimestampTz()).ToString().ShouldBe($"TimestampTz:{written}");

    [Theory]
    [InlineData("")]
    [InlineData("01/02/2024")]
    [InlineData("24-01-01")]
    [InlineData("2024-1-1")]
    [InlineData("2024-01-01 ")]
    [InlineData("2024-01-01  12:00")]
    [InlineData("2024-01-01 12")]
    [InlineData("2024-01-01 12:00:")]
    [InlineData("2024-01-01 12:00:00.")]
    [InlineData("2024-01-01 12:00:00 PST")]
    [InlineData("2024-01-01 12:00+2")]
    [InlineData("2024-01-011")]
    [InlineData("20240101")]
    [InlineData("2460310.5")]
    [InlineData("now")]
    public void Anything_else_is_no_timestamp(string text) =>
        Cell.Text(text).RefusedAs(Types.Timestamp()).ShouldBe("not a date or time in ISO 8601 form");

    [Theory]
    [InlineData("2024-02-29 23:59:59")]
    [InlineData("1900-02-28T00:00:20")]
    [InlineData("0001-12-31 09:10:58")]
    public void Whatever_stands_in_the_place_of_a_character_the_common_form_is_read_as_with_a_fraction_of_0(string text)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(text);
        var read = 0;
        for (var index = 0; index < bytes.Length; index++)
        {
            for (var value = 0; value < 256; value++)
            {
                var changed = (byte[])bytes.Clone();
                changed[index] = (byte)value;
                var reason = TimestampParser.Parse(changed, out var parsed);
                var longReason = TimestampParser.Parse([.. changed, .. ".0"u8], out var longParsed);
                (reason is null).ShouldBe(longReason is null, $"{value} at {index}");
                parsed.ShouldBe(longParsed, $"{value} at {index}");
                read += reason is null ? 1 : 0;
            }
        }

        read.ShouldBeGreaterThan(bytes.Length + 30);
    }

    [Theory]
    [InlineData("0000-00-00", "the year 0000, which the calendar does not have")]
    [InlineData("2023-02-29", "a day that the calendar does not have")]
    [InlineData("1900-02-29", "a day that the calendar does not have")]
    [InlineData("2024-13-01", "a day that the calendar does not have")]
    [InlineData("2024-01-01 24:00:01", "a time that the day does not have")]
    [InlineData("2024-01-01 12:60", "a time that the day does not have")]
    [InlineData("2024-01-01 12:00:60", "a time that the day does not have")]
    [InlineData("2024-01-01 12:00:00.1234567", "finer than microseconds")]
    [InlineData("2024-01-01 12:00+02:00", "has a zone offset, which a timestamp without a zone can't hold")]
    [InlineData("12:00:00", "a time of day where a timestamp is expected")]
    [InlineData("294277-01-01", "before 4714-11-24 BC or after the year 294276")]
    [InlineData("4714-11-23 BC", "before 4714-11-24 BC or after the year 5874897")]
    public void A_timestamp_that_can_not_be_is_refused_with_its_reason(string text, string reason) =>
        Cell.Text(text).RefusedAs(Types.Timestamp()).ShouldBe(reason);

    [Fact]
    public void A_number_is_not_guessed_to_be_a_time()
    {
        foreach (var type in new[] { Types.Date, Types.Time(), Types.Timestamp(), Types.TimestampTz() })
        {
            Cell.Int(1704067200).RefusedAs(type).ShouldContain("not guessed");
            Cell.Float(2460310.5).RefusedAs(type).ShouldContain("not guessed");
        }
    }

    [Fact]
    public void A_fraction_finer_than_the_column_is_refused()
    {
        Cell.Text("2024-01-01 12:00:00.123").To(Types.Timestamp(3));
        Cell.Text("2024-01-01 12:00:00.1234").RefusedAs(Types.Timestamp(3)).ShouldBe("finer than 3 digits of a second");
        Cell.Text("12:00:00.5").RefusedAs(Types.Time(0)).ShouldBe("finer than 0 digits of a second");
        Cell.Text("infinity").To(Types.Timestamp(0));
    }

    [Fact]
    public void A_timestamp_is_a_date_only_at_midnight()
    {
        Cell.Timestamp("2024-05-06").To(Types.Date).ToString().ShouldBe("Date:2024-05-06");
        Cell.Timestamp("1999-12-31").To(Types.Date).ShouldBe(Cell.Date(-1), CellComparer.Instance);
        Cell.Timestamp("2024-05-06 00:00:00.000001").RefusedAs(Types.Date).ShouldBe("has a time of day, which a date can't hold");
        Cell.Text("-infinity").To(Types.Date).To(Types.Timestamp()).ToString().ShouldBe("Timestamp:-infinity");
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("1600-02-29")]
    [InlineData("1970-01-01")]
    [InlineData("2100-03-01")]
    [InlineData("9999-12-31")]
    public void Days_agree_with_the_calendar_of_the_platform(string date)
    {
        var days = DateOnly.ParseExact(date, "yyyy-MM-dd").DayNumber - new DateOnly(2000, 1, 1).DayNumber;
        Cell.Text(date).To(Types.Date).ShouldBe(Cell.Date(days), CellComparer.Instance);
        Cell.Date(days).ToString().ShouldBe($"Date:{date}");
    }

    [Theory]
    [InlineData("5874897-12-31", CivilCalendar.LastDay)]
    [InlineData("294276-12-31", CivilCalendar.LastTimestampDay)]
    [InlineData("4714-11-24 BC", CivilCalendar.FirstDay)]
    public void The_ends_of_the_range_are_where_PostgreSQL_has_them(string date, int days)
    {
        Cell.Text(date).To(Types.Date).ShouldBe(Cell.Date(days), CellComparer.Instance);
        Cell.Date(days).ToString().ShouldBe($"Date:{date}");
    }

    [Theory]
    [InlineData("00:00", "00:00:00")]
    [InlineData("23:59:59.999999", "23:59:59.999999")]
    [InlineData("24:00", "24:00:00")]
    public void A_time_of_day_is_read_and_written(string text, string written) =>
        Cell.Text(text).To(Types.Time()).ToString().ShouldBe($"Time:{written}");

    [Theory]
    [InlineData("1 year 2 mons 3 days 04:05:06.7", "P1Y2M3DT4H5M6.7S")]
    [InlineData("-1 years -2 mons +3 days -04:05:06", "P-1Y-2M3DT-4H-5M-6S")]
    [InlineData("-2 days", "P-2D")]
    [InlineData("00:00:00", "PT0S")]
    [InlineData("100:00:00", "PT100H")]
    [InlineData("P1Y2M3W4DT5H6M7.5S", "P1Y2M25DT5H6M7.5S")]
    [InlineData("PT-1S", "PT-1S")]
    [InlineData("90 minutes", "PT1H30M")]
    [InlineData("-1 days +00:00:01", "P-1DT1S")]
    public void An_interval_is_read_as_PostgreSQL_writes_it_and_written_as_ISO_does(string text, string written) =>
        Cell.Text(text).To(Types.Interval).ToString().ShouldBe($"Interval:{written}");

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("1.5 days")]
    [InlineData("1")]
    [InlineData("1 fortnight")]
    [InlineData("1 day ago")]
    [InlineData("01:99:00")]
    public void Text_that_is_no_interval_is_refused(string text) =>
        Cell.Text(text).RefusedAs(Types.Interval).ShouldBe("text that is not an interval");
}
