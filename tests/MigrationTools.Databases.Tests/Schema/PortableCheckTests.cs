using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Schema.Expressions;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Schema;

public sealed class PortableCheckTests
{
    private static readonly SqliteDialect Sqlite = new();
    private static readonly PostgresDialect Postgres = new();

    [Theory]
    [InlineData("((amount > (0)::numeric))", """("amount" > 0)""")]
    [InlineData("((status)::text = ANY ((ARRAY['new'::character varying, 'it''s'::character varying])::text[]))", """("status" IN ('new', 'it''s'))""")]
    [InlineData("((status)::text <> ALL (ARRAY['new'::text, 'old'::text]))", """("status" NOT IN ('new', 'old'))""")]
    [InlineData("((n >= 1) AND (n <= 5))", """(("n" >= 1) AND ("n" <= 5))""")]
    [InlineData("((n IS NULL) OR (active = true))", """(("n" IS NULL) OR ("active" = 1))""")]
    [InlineData("(length((status)::text) > 0)", """(length("status") > 0)""")]
    [InlineData("(n <> '-1'::integer)", """("n" <> -1)""")]
    [InlineData("(NOT active)", """(NOT "active")""")]
    [InlineData("active", "\"active\"")]
    [InlineData("(born IS NOT NULL)", """("born" IS NOT NULL)""")]
    [InlineData("(n BETWEEN 1 AND 3)", """(("n" >= 1) AND ("n" <= 3))""")]
    [InlineData("(ratio < (0.5)::double precision)", """("ratio" < 0.5)""")]
    [InlineData("(n < amount)", """("n" < "amount")""")]
    public void What_means_the_same_on_both_goes_from_PostgreSQL_to_SQLite(string expression, string expected) =>
        Convert(expression, Postgres, Sqlite, out _).ShouldBe(expected);

    [Theory]
    [InlineData("n > 0", """("n" > 0)""")]
    [InlineData("N BETWEEN 1 AND 10 AND status IN ('a', 'b')", """((("n" >= 1) AND ("n" <= 10)) AND ("status" IN ('a', 'b')))""")]
    [InlineData("n NOT BETWEEN 1 AND 10", """(NOT (("n" >= 1) AND ("n" <= 10)))""")]
    [InlineData("active IN (0, 1)", """("active" IN (FALSE, TRUE))""")]
    [InlineData("active == 1", """("active" = TRUE)""")]
    [InlineData("n != 3 or `status` is not null", """(("n" <> 3) OR ("status" IS NOT NULL))""")]
    [InlineData("length(\"status\") <= 20", """(length("status") <= 20)""")]
    [InlineData("not (n = 1 or n = 2)", """(NOT (("n" = 1) OR ("n" = 2)))""")]
    public void What_means_the_same_on_both_goes_from_SQLite_to_PostgreSQL(string expression, string expected) =>
        Convert(expression, Sqlite, Postgres, out _).ShouldBe(expected);

    [Theory]
    [InlineData("(status > 'a'::text)", "compares")]
    [InlineData("(status ~ '^a'::text)", "~")]
    [InlineData("((status)::text ~~ 'a%'::text)", "~")]
    [InlineData("(lower(status) = 'a'::text)", "function 'lower'")]
    [InlineData("(born > '2000-01-01'::date)", "casts")]
    [InlineData("(born < seen)", "compares")]
    [InlineData("(padded = 'a'::bpchar)", "casts")]
    [InlineData("(insensitive = 'a'::text)", "compares")]
    [InlineData("(exact > (0)::numeric)", "compares")]
    [InlineData("((n + 1) > 0)", "'+'")]
    [InlineData("((n % 2) = 0)", "'%'")]
    [InlineData("(n = ANY (VALUES (1)))", "VALUES")]
    [InlineData("(n > '1.5'::integer)", "casts")]
    [InlineData("(missing > 0)", "'missing' is not a column")]
    [InlineData("(dropped > 0)", "'dropped' is not taken")]
    [InlineData("(n > 12345678901234567890)", "may be rounded")]
    [InlineData("(n > 0", "not complete")]
    [InlineData("n", "not a condition")]
    [InlineData("(n > 0) -- and more", "'-'")]
    [InlineData("", "not complete")]
    public void What_may_mean_something_else_is_refused_with_the_reason(string expression, string reason)
    {
        Convert(expression, Postgres, Sqlite, out var why).ShouldBeNull();
        why.ShouldContain(reason);
    }

    [Theory]
    [InlineData("typeof(n) = 'integer'")]
    [InlineData("status LIKE 'a%'")]
    [InlineData("status GLOB 'a*'")]
    [InlineData("anything > 0")]
    [InlineData("status = \"new\"")]
    [InlineData("active > 0")]
    [InlineData("n IS 1")]
    [InlineData("n = x'01'")]
    [InlineData("(SELECT count(*) FROM t) > 0")]
    [InlineData("n > 0x10")]
    public void What_only_SQLite_means_is_refused(string expression)
    {
        Convert(expression, Sqlite, Postgres, out var why).ShouldBeNull();
        why.ShouldNotBeEmpty();
    }

    private static string? Convert(string expression, ISqlDialect from, ISqlDialect to, out string reason)
    {
        var table = new TableSchema
        {
            Name = new TableName(null, "t"),
            Columns =
            [
                Column("n", LogicalKind.Int32), Column("amount", new LogicalType(LogicalKind.Decimal) { Precision = 12, Scale = 2 }), Column("ratio", LogicalKind.Float64),
                Column("exact", new LogicalType(LogicalKind.Decimal) { Precision = 38, Scale = 2 }), Column("status", LogicalKind.Text), Column("active", LogicalKind.Boolean),
                Column("born", LogicalKind.Date), Column("seen", LogicalKind.Date), Column("padded", LogicalKind.Char), Column("dropped", LogicalKind.Int32),
                Column("anything", LogicalKind.Dynamic), Column("insensitive", LogicalKind.Text) with { ServerType = "citext" },
            ],
        };
        var taken = table.Columns.Where(column => column.Name != "dropped").ToDictionary(column => column.Name, column => column with { ServerType = to.TypeFor(column.Type, false) });
        return PortableCheck.Convert(expression, new CheckScope(table, taken, from, to), out reason);

        ColumnSchema Column(string name, object type)
        {
            var logical = type as LogicalType ?? new LogicalType((LogicalKind)type);
            return new ColumnSchema { Name = name, Type = logical, ServerType = from.TypeFor(logical, false) };
        }
    }
}
