using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Reading;
using MigrationTools.Engine.Systems;
using MigrationTools.Engine.Tests.Runs;

namespace MigrationTools.Engine.Tests.Systems;

public sealed class CommandStepTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_flag_is_toggled_seen_and_toggled_back()
    {
        File.WriteAllText(_directory.File("flag"), "off");
        var context = Context("[sh, -c, 'echo on > flag']", "[sh, -c, 'echo off > flag']");

        var done = await Do.ExecuteAsync(context, Token);
        done.Checks.Single().Verdict.ShouldBe(Verdict.Passed);
        (await Do.LookAsync(context, Token)).Effect.ShouldBe(Effect.Applied);

        var undone = await Undo.ExecuteAsync(context, Token);
        undone.Checks.Single().Verdict.ShouldBe(Verdict.Passed);
        (await Undo.LookAsync(context, Token)).Effect.ShouldBe(Effect.Applied);
        (await Do.LookAsync(context, Token)).Effect.ShouldBe(Effect.NotApplied);
    }

    [Fact]
    public async Task A_program_that_ends_well_without_its_effect_fails()
    {
        File.WriteAllText(_directory.File("flag"), "off");

        (await Do.ExecuteAsync(Context("['true']", "['true']"), Token)).Checks.Single().Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public async Task What_is_neither_done_nor_undone_is_unknown()
    {
        File.WriteAllText(_directory.File("flag"), "half");

        (await Do.LookAsync(Context("['true']", "['true']"), Token)).Effect.ShouldBe(Effect.Unknown);
    }

    [Fact]
    public async Task A_program_that_fails_is_told_with_what_it_said_and_without_its_secrets()
    {
        File.WriteAllText(_directory.File("flag"), "off");
        File.WriteAllText(_directory.File("token"), "hunter2-secret");
        var context = Context("[sh, -c, 'echo refused $DEPLOY_TOKEN >&2; exit 3']", "['true']", "environment: { DEPLOY_TOKEN: '${file:token}' }");

        var error = await Should.ThrowAsync<MeasurementException>(() => Do.ExecuteAsync(context, Token));

        error.Message.ShouldContain("exit code 3");
        error.Message.ShouldContain("refused ***");
        error.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_secret_written_out_is_refused() =>
        Should.Throw<SpecException>(() => Context("['true']", "['true']", "environment: { DEPLOY_TOKEN: hunter2 }")).Message.ShouldContain("looks like a secret written out");

    [Fact]
    public void Without_undo_a_reason_is_asked_for() =>
        Should.Throw<SpecException>(() => Read("systems: { flag: { kind: command, do: ['true'], look: [cat, flag], done: 'on' } }")).Message.ShouldContain("neither 'undo' nor 'irreversible'");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DoCommandStep Do => new(TimeProvider.System);

    private static UndoCommandStep Undo => new(TimeProvider.System);

    private StepContext Context(string @do, string undo, string more = "timeout: 30s")
    {
        var spec = Read($$"""
            systems:
              flag:
                kind: command
                do: {{@do}}
                undo: {{undo}}
                look: [cat, flag]
                done: 'on'
                undone: 'off'
                {{more}}
            """);
        var step = PlanChain.Link("", [new StepDraft { Phase = "cut over", System = "flag", Action = new StepAction(DoCommandStep.Name, ""), Irreversible = "a test" }])[0];
        return new StepContext { RunId = "run", RunDirectory = _directory.Path, Spec = spec, Step = step, Action = step.Action, Observer = SilentObserver.Instance };
    }

    private MigrationSpec Read(string systems)
    {
        var file = _directory.File("migration.yaml");
        File.WriteAllText(file, $"id: flags\n{systems}\n");
        return new SpecReader().Read(file);
    }
}
