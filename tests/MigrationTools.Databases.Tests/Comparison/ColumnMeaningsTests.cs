using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Tests.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>What two columns are compared as.</summary>
public sealed class ColumnMeaningsTests
{
    [Theory]
    [InlineData(LogicalKind.Dynamic, LogicalKind.Dynamic, LogicalKind.Dynamic)]
    [InlineData(LogicalKind.Dynamic, LogicalKind.Uuid, LogicalKind.Uuid)]
    [InlineData(LogicalKind.Text, LogicalKind.Dynamic, LogicalKind.Text)]
    [InlineData(LogicalKind.Int16, LogicalKind.Int64, LogicalKind.Int64)]
    [InlineData(LogicalKind.Int64, LogicalKind.Decimal, LogicalKind.Decimal)]
    [InlineData(LogicalKind.Float64, LogicalKind.Int32, LogicalKind.Decimal)]
    [InlineData(LogicalKind.Float32, LogicalKind.Float64, LogicalKind.Float64)]
    [InlineData(LogicalKind.Int64, LogicalKind.Boolean, LogicalKind.Boolean)]
    [InlineData(LogicalKind.Text, LogicalKind.Timestamp, LogicalKind.Timestamp)]
    [InlineData(LogicalKind.Date, LogicalKind.TimestampTz, LogicalKind.TimestampTz)]
    [InlineData(LogicalKind.Blob, LogicalKind.Uuid, LogicalKind.Uuid)]
    [InlineData(LogicalKind.Char, LogicalKind.Char, LogicalKind.Text)]
    public void The_stricter_side_says_what_is_meant(LogicalKind one, LogicalKind other, LogicalKind meaning)
    {
        Encoded.Meaning(new LogicalType(one), new LogicalType(other))!.Kind.ShouldBe(meaning);
        Encoded.Meaning(new LogicalType(other), new LogicalType(one))!.Kind.ShouldBe(meaning);
    }

    [Theory]
    [InlineData(LogicalKind.Int64, LogicalKind.Timestamp)]
    [InlineData(LogicalKind.Float64, LogicalKind.Date)]
    [InlineData(LogicalKind.Uuid, LogicalKind.Int32)]
    [InlineData(LogicalKind.Time, LogicalKind.Timestamp)]
    [InlineData(LogicalKind.Blob, LogicalKind.Int64)]
    [InlineData(LogicalKind.Opaque, LogicalKind.Int64)]
    [InlineData(LogicalKind.Json, LogicalKind.Blob)]
    public void Types_without_a_common_meaning_are_not_compared(LogicalKind one, LogicalKind other)
    {
        Encoded.Meaning(new LogicalType(one), new LogicalType(other)).ShouldBeNull();
        Encoded.Meaning(new LogicalType(other), new LogicalType(one)).ShouldBeNull();
    }

    /// <summary>Whichever two types there are, the order of the sides does not change what they mean.</summary>
    [Fact]
    public void The_sides_can_be_turned_round()
    {
        foreach (var one in Enum.GetValues<LogicalKind>())
        {
            foreach (var other in Enum.GetValues<LogicalKind>())
            {
                var turned = Encoded.Meaning(new LogicalType(other), new LogicalType(one))?.Kind;
                (Encoded.Meaning(new LogicalType(one), new LogicalType(other))?.Kind).ShouldBe(turned, $"{one} and {other}");
            }
        }
    }

    [Fact]
    public void A_type_that_only_its_server_knows_is_compared_as_text_and_said_so()
    {
        var both = Encoded.Meaning(Types.Opaque, Types.Opaque)!;
        both.ShouldSatisfyAllConditions(
            () => both.Kind.ShouldBe(LogicalKind.Text),
            () => both.SourceAsText.ShouldBeTrue(),
            () => both.TargetAsText.ShouldBeTrue(),
            () => both.Note.ShouldNotBeNull().ShouldContain("text that the server gives"));
        var one = Encoded.Meaning(Types.Text(), Types.Opaque)!;
        (one.SourceAsText, one.TargetAsText).ShouldBe((false, true));
    }

    [Fact]
    public void What_changes_the_meaning_is_noted()
    {
        Encoded.Meaning(Types.Char(5), Types.Text())!.Note.ShouldNotBeNull().ShouldContain("padded");
        Encoded.Meaning(Types.Timestamp(3), Types.Timestamp(6))!.Note.ShouldNotBeNull().ShouldContain("3 digits");
        Encoded.Meaning(Types.Timestamp(), Types.TimestampTz())!.Note.ShouldNotBeNull().ShouldContain("UTC");
        Encoded.Meaning(Types.Char(5), Types.Char(5))!.Note.ShouldBeNull();
        Encoded.Meaning(Types.Int64, Types.Decimal(10, 2))!.Note.ShouldBeNull();
    }

    [Fact]
    public void A_column_that_is_read_as_text_is_text()
    {
        var pair = new ColumnPair(new ReadColumn("c", Types.Opaque) { AsText = true }, new ColumnSchema { Name = "c", Type = Types.Text(), ServerType = "TEXT" });
        ColumnMeanings.Of(pair, "inet")!.Kind.ShouldBe(LogicalKind.Text);
    }
}
