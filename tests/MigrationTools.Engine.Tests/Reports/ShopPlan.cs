using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Tests.Reports;

/// <summary>The plan of a shop's big-bang migration: capture, fence, schema, copy, compare behind a gate, cut over.</summary>
internal static class ShopPlan
{
    public const int Capture = 0;
    public const int Fence = 1;
    public const int Expand = 2;
    public const int Copy = 3;
    public const int Compare = 4;
    public const int CutOver = 5;

    public const string Source = "sqlite:shop-v2.db";
    public const string Target = "postgresql://migrator@db.example:5432/shop?sslmode=verify-full";

    public static MigrationPlan Make() => new()
    {
        SpecId = "shop-v2-to-v3",
        SpecHash = "5c0ffee5",
        Strategy = StrategyKind.BigBang,
        Notes = ["shop_database: the table tmp_import is left out, as the spec asks", "shop_database: the view order_totals is not converted: create it with a script"],
        Steps = PlanChain.Link("5c0ffee5",
        [
            Step("prepare", "database.capture", $"take down what {Source} and {Target} hold now", "database.verify-restored", "see that the target holds what it held before, and that the source is untouched"),
            Step("fence", "database.fence", $"note the state of {Source}; nothing is locked"),
            Step("expand", "database.create-schema", $"make the schema of {Target} (from scripts)", "database.drop-created", "drop what was made in the target, and nothing that was there before"),
            Step("copy", "database.copy", $"copy 10 tables from {Source} to {Target}", "database.remove-copied", "remove the copied rows") with
            {
                Estimate = new StepEstimate(TimeSpan.FromSeconds(9), "2,000 rows of each table were read and written in a trial"),
            },
            Step("compare", "database.compare", $"prove that {Target} holds what {Source} holds") with { GateAfter = new Gate("data proof") { MinimumScore = 1 } },
            Step("cut over", "database.cut-over", $"make {Target} the one that counts", "database.return-to-source", "look for writes that going back would lose") with { PointOfNoReturn = true },
        ]),
    };

    private static StepDraft Step(string phase, string verb, string description, string? undo = null, string? undoing = null) => new()
    {
        Phase = phase,
        System = "shop_database",
        Action = new StepAction(verb, description),
        Compensation = undo is null ? null : new StepAction(undo, undoing!),
        Irreversible = undo is null ? "it only looks" : null,
    };
}
