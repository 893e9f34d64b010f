using MigrationTools.Engine.Databases;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Steps;

/// <summary>What was written to a source since it was copied is brought over.</summary>
public sealed class CatchUpStepTests(PostgresCluster cluster)
{
    // A new team with a person in it, a person who changes to it, and a team that goes with its people: each order but that of the keys breaks.
    private const string Writes = """
        insert into team values (4, 'four''s');
        insert into person values (4, 4, 40.5);
        update person set team_id = 4, wage = 11.25 where id = 1;
        delete from person where id = 3;
        delete from team where id = 3;
        """;

    public static TheoryData<string, string> Ways => new() { { "sqlite", "sqlite" }, { "sqlite", "postgresql" }, { "postgresql", "postgresql" } };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Rows_inserted_changed_and_deleted_are_brought_over_in_the_order_of_foreign_keys(string source, string target)
    {
        await using var room = await StepRoom.MakeAsync(cluster, source, target);
        await room.RunAsync(room.Source, Writes);

        var observation = await room.CatchUpAsync();

        (await room.RowsAsync(room.Target)).ShouldBe(await room.RowsAsync(room.Source));
        ((long)observation.Data["inserted"]!, (long)observation.Data["updated"]!, (long)observation.Data["deleted"]!).ShouldBe((2, 1, 2));
        File.Exists((string)observation.Data["script"]!).ShouldBeTrue();
        observation.Evidence.ShouldHaveSingleItem().Endpoint.ShouldBe(room.Target.Endpoint.Redacted);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_second_pass_does_nothing(string source, string target)
    {
        await using var room = await StepRoom.MakeAsync(cluster, source, target);
        await room.RunAsync(room.Source, Writes);
        await room.CatchUpAsync();
        var scripts = Directory.GetFiles(Path.Combine(room.RunDirectory, "catch-up"));

        var observation = await room.CatchUpAsync();

        ((long)observation.Data["inserted"]!, (long)observation.Data["updated"]!, (long)observation.Data["deleted"]!).ShouldBe((0, 0, 0));
        Directory.GetFiles(Path.Combine(room.RunDirectory, "catch-up")).ShouldBe(scripts);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_statement_that_fails_changes_nothing(string source, string target)
    {
        await using var room = await StepRoom.MakeAsync(cluster, source, target);
        await room.RunAsync(room.Source, Writes);

        // The target refuses what is written last, after others were taken.
        await room.RunAsync(room.Target, target == "sqlite"
            ? "create trigger refusing before delete on team begin select raise(abort, 'refused by the test'); end;"
            : """
              create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused by the test'; end $$;
              create trigger refusing before delete on team for each row execute function refuse();
              """);
        var before = await room.RowsAsync(room.Target);

        var failed = await Should.ThrowAsync<DatabaseException>(() => room.CatchUpAsync());

        failed.Message.ShouldContain("refused by the test");
        (await room.RowsAsync(room.Target)).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task More_differences_than_a_lag_can_be_are_refused_and_change_nothing(string source, string target)
    {
        await using var room = await StepRoom.MakeAsync(cluster, source, target);
        await room.RunAsync(room.Source, Writes);
        var before = await room.RowsAsync(room.Target);

        var refused = await Should.ThrowAsync<DatabaseException>(() => room.CatchUpAsync(limit: 4));

        refused.Message.ShouldContain("5 rows differ, which is more than the 4 that are caught up");
        (await room.RowsAsync(room.Target)).ShouldBe(before);
    }
}
