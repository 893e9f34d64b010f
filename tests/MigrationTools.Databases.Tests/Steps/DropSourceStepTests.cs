using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Rollback;
using MigrationTools.Engine.Runs;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Steps;

/// <summary>The old side's tables, dropped in the end: all or none, never with what the new side does not have, and never without a word on the way back.</summary>
public sealed class DropSourceStepTests(PostgresCluster cluster)
{
    private const string Compared = "05-database.compare:db";

    public static TheoryData<string> Engines => ["sqlite", "postgresql"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Tables_that_refer_to_each_other_are_dropped_and_others_stay(string engine)
    {
        await using var room = await StepRoom.MakeAsync(cluster, engine, engine);
        await room.RunAsync(room.Source, "alter table team add column lead_id integer references person (id); create table other (id integer primary key); insert into other values (1)");
        var (step, context) = await StepAsync(room);

        (await step.LookAsync(context, Token)).Effect.ShouldBe(Effect.NotApplied);
        var observation = await step.ExecuteAsync(context, Token);

        (await TablesAsync(room)).ShouldBe(["other"]);
        ((long)observation.Data["rows"]!).ShouldBe(6);
        observation.Evidence.Select(evidence => evidence.Endpoint).ShouldBe([room.Source.Endpoint.Redacted, room.Target.Endpoint.Redacted]);
        (await step.LookAsync(context, Token)).Effect.ShouldBe(Effect.Applied);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_row_written_to_the_old_side_since_it_was_compared_keeps_all_of_it(string engine)
    {
        await using var room = await StepRoom.MakeAsync(cluster, engine, engine);
        var (step, context) = await StepAsync(room);
        await room.RunAsync(room.Source, "update person set wage = 99 where id = 2");

        var refused = await Should.ThrowAsync<ContractRefusedException>(() => step.ExecuteAsync(context, Token));

        refused.ErrorId.ShouldBe(ErrorIds.ContractRefused);
        refused.Message.ShouldContain("person");
        (await TablesAsync(room)).ShouldBe(["person", "team"]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task What_was_never_compared_is_never_dropped(string engine)
    {
        await using var room = await StepRoom.MakeAsync(cluster, engine, engine);
        var (step, context) = await StepAsync(room);

        await Should.ThrowAsync<ContractRefusedException>(() => step.ExecuteAsync(room.Context(context.Action), Token));

        (await TablesAsync(room)).ShouldBe(["person", "team"]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_table_that_stays_and_refers_to_one_that_goes_keeps_all_of_them(string engine)
    {
        await using var room = await StepRoom.MakeAsync(cluster, engine, engine);
        await room.RunAsync(room.Source, "create table other (id integer primary key, team_id integer references team (id))");
        var (step, context) = await StepAsync(room);

        (await Should.ThrowAsync<ContractRefusedException>(() => step.ExecuteAsync(context, Token))).Message.ShouldContain("other");

        (await TablesAsync(room)).ShouldBe(["other", "person", "team"]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_view_that_reads_what_goes_keeps_all_of_it(string engine)
    {
        await using var room = await StepRoom.MakeAsync(cluster, engine, engine);
        await room.RunAsync(room.Source, "create view who as select name from team");
        var (step, context) = await StepAsync(room);

        (await Should.ThrowAsync<MigrationToolsException>(() => step.ExecuteAsync(context, Token))).Message.ShouldContain("who");

        (await TablesAsync(room)).ShouldBe(["person", "team"]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Some_gone_and_some_there_is_not_this_step_s_doing_and_is_not_guessed(string engine)
    {
        await using var room = await StepRoom.MakeAsync(cluster, engine, engine);
        var (step, context) = await StepAsync(room);
        await room.RunAsync(room.Source, "drop table person");

        var look = await step.LookAsync(context, Token);

        look.Effect.ShouldBe(Effect.Unknown);
        look.Message.ShouldContain("person");
    }

    [Fact]
    public async Task A_writer_that_holds_a_table_is_waited_for_a_while_and_then_nothing_is_dropped()
    {
        await using var room = await StepRoom.MakeAsync(cluster, "postgresql", "postgresql");
        var (step, context) = await StepAsync(room);
        await using var writer = await room.Source.OpenSessionAsync(Token);
        await writer.BeginAsync(Token);
        await writer.ExecuteAsync("update team set name = 'held' where id = 1", [], Token);

        (await Should.ThrowAsync<DatabaseException>(() => step.ExecuteAsync(context, Token))).Message.ShouldContain("lock timeout");

        await writer.RollbackAsync(Token);
        (await TablesAsync(room)).ShouldBe(["person", "team"]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task What_was_not_found_equal_is_never_dropped(string engine)
    {
        await using var room = await StepRoom.MakeAsync(cluster, engine, engine);
        var (step, context) = await StepAsync(room);
        var teams = context.Observed[Compared]["source"]!["tables"]!.AsArray();
        teams.RemoveAt(teams.ToList().FindIndex(table => ((string)table!["table"]!).Contains("team", StringComparison.Ordinal)));

        (await Should.ThrowAsync<ContractRefusedException>(() => step.ExecuteAsync(context, Token))).Message.ShouldContain("not found equal");

        (await TablesAsync(room)).ShouldBe(["person", "team"]);
    }

    [Theory]
    [InlineData("sqlite", "delete from person", "is empty")]
    [InlineData("postgresql", "delete from person", "is empty")]
    [InlineData("sqlite", "drop table person", "person")]
    [InlineData("postgresql", "drop table person", "person")]
    public async Task A_target_that_was_emptied_meanwhile_keeps_the_old_side_whole(string engine, string edit, string reason)
    {
        await using var room = await StepRoom.MakeAsync(cluster, engine, engine);
        var (step, context) = await StepAsync(room);
        await room.RunAsync(room.Target, edit);

        (await Should.ThrowAsync<ContractRefusedException>(() => step.ExecuteAsync(context, Token))).Message.ShouldContain(reason);

        (await TablesAsync(room)).ShouldBe(["person", "team"]);
    }

    [Fact]
    public async Task A_trigger_of_a_table_that_stays_keeps_what_it_names()
    {
        await using var room = await StepRoom.MakeAsync(cluster, "sqlite", "sqlite");
        await room.RunAsync(room.Source, "create table other (id integer primary key); create trigger noting after insert on other begin insert into team values (new.id, 'noted'); end");
        var (step, context) = await StepAsync(room);

        (await Should.ThrowAsync<ContractRefusedException>(() => step.ExecuteAsync(context, Token))).Message.ShouldContain("noting");

        (await TablesAsync(room)).ShouldBe(["other", "person", "team"]);
    }

    [Fact]
    public async Task A_view_that_failed_before_is_no_fault_of_the_drop()
    {
        await using var room = await StepRoom.MakeAsync(cluster, "sqlite", "sqlite");
        await room.RunAsync(room.Source, "create table gone (id integer); create view broken as select id from gone; drop table gone");
        var (step, context) = await StepAsync(room);

        await step.ExecuteAsync(context, Token);

        (await TablesAsync(room)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task There_is_no_way_back_to_tables_that_are_gone_until_they_are_brought_back_with_their_rows(string engine)
    {
        await using var room = await StepRoom.MakeAsync(cluster, engine, engine);
        var (step, context) = await StepAsync(room);
        var back = new RequireSourceStep(room.Catalog);
        (await back.ExecuteAsync(context, Token)).Summary.ShouldContain("with the rows that they held");

        // Its process was killed before it could say so in the journal.
        await step.ExecuteAsync(context, Token);

        (await Should.ThrowAsync<RollbackWouldLoseDataException>(() => back.ExecuteAsync(context, Token))).Message.ShouldContain("backup");
        (await Should.ThrowAsync<RollbackWouldLoseDataException>(() => back.ExecuteAsync(context with { AcceptDataLoss = true }, Token))).Message.ShouldContain("backup");
        (await back.LookAsync(context, Token)).Effect.ShouldBe(Effect.NotApplied);

        // An application that makes its tables at start brings no row back.
        await room.RunAsync(room.Source, StepRoom.Schema);
        await room.RunAsync(room.Source, "delete from person; delete from team");
        (await Should.ThrowAsync<RollbackWouldLoseDataException>(() => back.ExecuteAsync(context with { AcceptDataLoss = true }, Token))).Message.ShouldContain("without a row");

        // A table that its users emptied, as they do with a queue, is for a person to judge.
        await room.RunAsync(room.Source, "insert into team values (1, 'one')");
        (await Should.ThrowAsync<RollbackWouldLoseDataException>(() => back.ExecuteAsync(context, Token))).Message.ShouldContain("person had 3 rows and has 0");
        await back.ExecuteAsync(context with { AcceptDataLoss = true }, Token);
        await room.RunAsync(room.Source, "delete from team");

        await room.RunAsync(room.Source, "insert into team values (1, 'one'), (2, 'two'), (3, 'three'); insert into person values (1, 1, 10.5), (2, 2, 20.5)");
        (await Should.ThrowAsync<RollbackWouldLoseDataException>(() => back.ExecuteAsync(context, Token))).Message.ShouldContain("3 rows and has 2");
        (await back.ExecuteAsync(context with { AcceptDataLoss = true }, Token)).Summary.ShouldContain("accepted");

        await room.RunAsync(room.Source, "insert into person values (3, 3, 30.5)");
        (await back.ExecuteAsync(context, Token)).Summary.ShouldContain("with the rows that they held");
        (await back.LookAsync(context, Token)).Effect.ShouldBe(Effect.Applied);
    }

    /// <summary>The step, with what a comparison of this moment took down.</summary>
    private static async Task<(DropSourceStep Step, StepContext Context)> StepAsync(StepRoom room)
    {
        var names = (await room.Source.ReadSchemaAsync(Token)).Tables.Select(table => table.Name).Where(name => name.Name != "other").ToList();
        var action = new StepAction(DatabaseStepNames.DropSource, "drop");
        SourceTables.Write(action.Parameters, names);
        var held = await DatabaseFingerprinter.TakeAsync(room.Source, table => names.Contains(table.Name), SilentObserver.Instance, Token);
        return (new DropSourceStep(room.Catalog, new DatabaseLayouts(room.Catalog), TimeProvider.System), room.Context(action, (Compared, new JsonObject { ["source"] = JsonSerializer.SerializeToNode(held, MigrationJson.Line) })));
    }

    private static async Task<IEnumerable<string>> TablesAsync(StepRoom room) =>
        (await room.Source.ReadSchemaAsync(Token)).Tables.Select(table => table.Name.Name).Order(StringComparer.Ordinal);
}
