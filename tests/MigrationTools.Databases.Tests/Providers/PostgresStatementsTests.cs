using MigrationTools.Databases.Postgres;

namespace MigrationTools.Databases.Tests.Providers;

public sealed class PostgresStatementsTests
{
    public static TheoryData<string, string[]> Scripts() => new()
    {
        { "", [] },
        { " ; ; -- nothing\n/* ; */ ;", [] },
        { "SELECT 1; SELECT 2", ["SELECT 1", "SELECT 2"] },
        { "SELECT ';', \";\", E'\\';', $$;$$, $a$;$$;$a$ -- ;\n, /* ; /* ; */ ; */ 1; SELECT 2", ["SELECT ';', \";\", E'\\';', $$;$$, $a$;$$;$a$ -- ;\n, /* ; /* ; */ ; */ 1", "SELECT 2"] },
        { "SELECT 'it''s;'; SELECT 2", ["SELECT 'it''s;'", "SELECT 2"] },
        { "SELECT 'a\\'; SELECT 2", ["SELECT 'a\\'", "SELECT 2"] },
        { "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3", ["CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)", "SELECT 3"] },
        { "create function f() returns int begin atomic select case when true then 1 end; select 2; end; select 3",
            ["create function f() returns int begin atomic select case when true then 1 end; select 2; end", "select 3"] },
        { "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC SELECT 1; END; SELECT 2", ["CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC SELECT 1; END", "SELECT 2"] },
        { "BEGIN; SELECT 1; END; SELECT 2", ["BEGIN", "SELECT 1", "END", "SELECT 2"] },
        { "CREATE TABLE a$b (c int); SELECT 1", ["CREATE TABLE a$b (c int)", "SELECT 1"] },
        { "SELECT 'open; SELECT 2", ["SELECT 'open; SELECT 2"] },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_is_split_where_psql_splits_it(string script, string[] statements) =>
        PostgresStatements.Split(script).Select(statement => statement.Sql).ShouldBe(statements);

    [Fact]
    public void Each_statement_gets_only_the_parameters_that_it_names()
    {
        var statements = PostgresStatements.Split("SELECT $2, $1, $2; SELECT '$1'; SELECT $3");

        statements.Select(statement => statement.Sql).ShouldBe(["SELECT $1, $2, $1", "SELECT '$1'", "SELECT $1"]);
        statements.Select(statement => string.Join(",", statement.Parameters)).ShouldBe(["2,1", "", "3"]);
    }
}
