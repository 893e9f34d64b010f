using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Schema.Expressions;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Schema;

public sealed class PortableDefaultTests
{
    [Theory]
    [InlineData("'new'::text", LogicalKind.Text, "'new'")]
    [InlineData("'it''s'::character varying", LogicalKind.Text, "'it''s'")]
    [InlineData(@"E'a\\b'::text", LogicalKind.Text, @"'a\b'")]
    [InlineData("0", LogicalKind.Int32, "0")]
    [InlineData("'-1'::integer", LogicalKind.Int32, "-1")]
    [InlineData("(1.50)::numeric", LogicalKind.Decimal, "1.50")]
    [InlineData("true", LogicalKind.Boolean, "1")]
    [InlineData("now()", LogicalKind.TimestampTz, "CURRENT_TIMESTAMP")]
    [InlineData("CURRENT_DATE", LogicalKind.Date, "CURRENT_DATE")]
    [InlineData("(now() AT TIME ZONE 'utc'::text)", LogicalKind.Timestamp, "CURRENT_TIMESTAMP")]
    [InlineData("'2020-01-31'::date", LogicalKind.Date, "'2020-01-31'")]
    [InlineData("'2020-01-31 10:00:00'::timestamp without time zone", LogicalKind.Timestamp, "'2020-01-31 10:00:00'")]
    [InlineData("'{}'::jsonb", LogicalKind.Json, "'{}'")]
    [InlineData(@"'\x00ff'::bytea", LogicalKind.Blob, "X'00ff'")]
    [InlineData("NULL::character varying", LogicalKind.Text, null)]
    public void A_literal_or_the_time_goes_from_PostgreSQL_to_SQLite(string expression, LogicalKind kind, string? expected)
    {
        PortableDefault.Convert(expression, kind, new SqliteDialect(), out var reason).ShouldBe(expected);
        reason.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0", LogicalKind.Boolean, "FALSE")]
    [InlineData("1", LogicalKind.Boolean, "TRUE")]
    [InlineData("FALSE", LogicalKind.Boolean, "FALSE")]
    [InlineData("(-5)", LogicalKind.Int64, "-5")]
    [InlineData("+5", LogicalKind.Int64, "5")]
    [InlineData("'0'", LogicalKind.Int64, "0")]
    [InlineData("7", LogicalKind.Text, "'7'")]
    [InlineData("x'00FF'", LogicalKind.Blob, @"'\x00FF'::bytea")]
    [InlineData("CURRENT_TIMESTAMP", LogicalKind.TimestampTz, "CURRENT_TIMESTAMP")]
    [InlineData("CURRENT_TIMESTAMP", LogicalKind.Timestamp, "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')")]
    [InlineData("datetime('now')", LogicalKind.Timestamp, "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')")]
    [InlineData("CURRENT_TIMESTAMP", LogicalKind.Text, "to_char(CURRENT_TIMESTAMP AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')")]
    [InlineData("NULL", LogicalKind.Text, null)]
    public void A_literal_or_the_time_goes_from_SQLite_to_PostgreSQL(string expression, LogicalKind kind, string? expected)
    {
        PortableDefault.Convert(expression, kind, new PostgresDialect(), out var reason).ShouldBe(expected);
        reason.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gen_random_uuid()", LogicalKind.Uuid)]
    [InlineData("('a'::text || 'b'::text)", LogicalKind.Text)]
    [InlineData("nextval('s'::regclass)", LogicalKind.Int64)]
    [InlineData("CURRENT_TIMESTAMP(3)", LogicalKind.Timestamp)]
    [InlineData("now()", LogicalKind.Int64)]
    [InlineData("'x'::text", LogicalKind.Int64)]
    [InlineData("1.5", LogicalKind.Int64)]
    [InlineData("'yes'", LogicalKind.Boolean)]
    [InlineData("'2020-02-30'", LogicalKind.Date)]
    [InlineData("'{'", LogicalKind.Json)]
    [InlineData("'abc'::character varying(2)", LogicalKind.Text)]
    [InlineData("1.10", LogicalKind.Text)]
    [InlineData("'unfinished", LogicalKind.Text)]
    [InlineData("1 -- one", LogicalKind.Int64)]
    [InlineData("'[1,2)'::int4range", LogicalKind.Opaque)]
    public void Anything_else_is_left_behind_with_a_reason(string expression, LogicalKind kind)
    {
        foreach (ISqlDialect to in new ISqlDialect[] { new SqliteDialect(), new PostgresDialect() })
        {
            PortableDefault.Convert(expression, kind, to, out var reason).ShouldBeNull();
            reason.ShouldNotBeEmpty();
        }
    }
}
