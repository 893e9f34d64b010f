using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Steps;

/// <summary>Before the old side goes: the new one has no fewer rows than were proved to have arrived, or a person answers for it.</summary>
public sealed class CountTargetStepTests(PostgresCluster cluster)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite", "select 1", Verdict.Passed, "3 rows, 3 when")]
    [InlineData("postgresql", "select 1", Verdict.Passed, "3 rows, 3 when")]
    [InlineData("sqlite", "insert into person values (4, 1, 4)", Verdict.Passed, "4 rows, 3 when")]
    [InlineData("postgresql", "insert into person values (4, 1, 4)", Verdict.Passed, "4 rows, 3 when")]
    [InlineData("sqlite", "delete from person where id > 1", Verdict.Failed, "1 rows, 3 when")]
    [InlineData("postgresql", "delete from person where id > 1", Verdict.Failed, "1 rows, 3 when")]
    [InlineData("sqlite", "drop table person", Verdict.Failed, "has no table for person")]
    [InlineData("postgresql", "drop table person", Verdict.Failed, "has no table for public.person")]
    public async Task The_target_s_rows_are_held_against_those_that_were_proved(string engine, string edit, Verdict verdict, string message)
    {
        await using var room = await StepRoom.MakeAsync(cluster, engine, engine);
        var (step, context) = await StepAsync(room);
        await room.RunAsync(room.Target, edit);

        var checks = (await step.ExecuteAsync(context, Token)).Checks;

        var person = checks.Single(check => check.Id.EndsWith("person", StringComparison.Ordinal));
        person.Verdict.ShouldBe(verdict);
        person.Message.ShouldContain(message);
        person.Id.ShouldStartWith("held:db/");
        checks.Single(check => check != person).Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task What_was_counted_is_evidence_and_a_failure_tells_how_to_answer_for_it()
    {
        await using var room = await StepRoom.MakeAsync(cluster, "sqlite", "sqlite");
        var (step, context) = await StepAsync(room);
        await room.RunAsync(room.Target, "delete from person where id > 1");

        var check = (await step.ExecuteAsync(context, Token)).Checks.Single(check => check.Verdict == Verdict.Failed);

        var evidence = check.Evidence.ShouldHaveSingleItem();
        evidence.Observed.ShouldBe("1");
        evidence.Expected.ShouldBe(">= 3");
        evidence.Endpoint.ShouldBe(room.Target.Endpoint.Redacted);
        check.Remedy!.ShouldContain("waive held:db/person");
    }

    [Fact]
    public async Task What_was_never_proved_is_not_run()
    {
        await using var room = await StepRoom.MakeAsync(cluster, "sqlite", "sqlite");
        var (step, context) = await StepAsync(room);

        (await step.ExecuteAsync(room.Context(context.Action), Token)).Checks.ShouldAllBe(check => check.Verdict == Verdict.NotRun);
    }

    private static async Task<(CountTargetStep Step, StepContext Context)> StepAsync(StepRoom room)
    {
        var action = new StepAction(DatabaseStepNames.CountTarget, "count");
        SourceTables.Write(action.Parameters, (await room.Source.ReadSchemaAsync(Token)).Tables.Select(table => table.Name));
        var held = await DatabaseFingerprinter.TakeAsync(room.Source, null, SilentObserver.Instance, Token);
        return (
            new CountTargetStep(room.Catalog, new DatabaseLayouts(room.Catalog), TimeProvider.System),
            room.Context(action, ("05-database.compare:db", new JsonObject { ["source"] = JsonSerializer.SerializeToNode(held, MigrationJson.Line) })));
    }
}
