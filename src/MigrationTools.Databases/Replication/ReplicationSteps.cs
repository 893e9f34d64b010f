using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Replication;

/// <summary>The steps of a database that its servers keep in step themselves.</summary>
internal static class ReplicationSteps
{
    private const string OnlyLooks = "it only looks";

    public static IReadOnlyList<StepDraft> Copy(DatabaseSystemSpec system, DatabaseLayout layout) =>
    [
        new StepDraft
        {
            Phase = "copy",
            System = system.Name,
            Action = new StepAction(DatabaseStepNames.Publish, $"publish {layout.Pairs.Count} tables of {system.Source}"),
            Compensation = new StepAction(DatabaseStepNames.Unpublish, "drop the publication"),
        },
        new StepDraft
        {
            Phase = "copy",
            System = system.Name,
            Action = new StepAction(
                DatabaseStepNames.Subscribe, $"make a slot on the source, and let {system.Target} subscribe by {system.ReplicationSource ?? system.Source}, which copies the tables"),
            Compensation = new StepAction(DatabaseStepNames.EndSubscription, "drop the subscription and its slots, and remove the rows that came by it"),
        },
        new StepDraft
        {
            Phase = "copy",
            System = system.Name,
            Action = new StepAction(DatabaseStepNames.AwaitSync, "wait until the target's server has copied every table and keeps it in step"),
            Irreversible = OnlyLooks,
            Estimate = new StepEstimate(null, "the servers copy by themselves; their speed is not measured"),
        },
    ];

    public static IReadOnlyList<StepDraft> CatchUp(DatabaseSystemSpec system) =>
    [
        new StepDraft
        {
            Phase = "catch up",
            System = system.Name,
            Action = new StepAction(DatabaseStepNames.AwaitLag, $"wait until all that {system.Source} has written has arrived, at most {system.ReplicationDeadline}"),
            Irreversible = OnlyLooks,
            GateAfter = new Gate("replication lag"),
        },
        new StepDraft
        {
            Phase = "catch up",
            System = system.Name,
            Action = new StepAction(DatabaseStepNames.AdvanceSequences, $"set the sequences of {system.Target} to where the source's stand: replication brings none"),
            Compensation = new StepAction(DatabaseStepNames.RestoreSequences, "set them back"),
        },
    ];

    public static StepDraft Unsubscribe(DatabaseSystemSpec system) => new()
    {
        Phase = "cut over",
        System = system.Name,
        Action = new StepAction(DatabaseStepNames.Unsubscribe, $"end the replication: drop subscription, slot and publication, so that no late write of {system.Source} falls among those of {system.Target}"),
        Irreversible = "the rows that came by it are removed with the subscription's own undoing",
    };
}
