using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Engine.Tests.Runs;

public sealed class StepStateTests
{
    [Theory]
    [InlineData(JournalKinds.Intent)]
    [InlineData(JournalKinds.Observed)]
    public void A_gate_judged_an_earlier_attempt_is_not_this_attempt_s(string kind)
    {
        var judged = New().After(Entry(JournalKinds.Intent)).After(Entry(JournalKinds.Observed)).After(Entry(JournalKinds.Gate, Gate(Verdict.Passed)));
        judged.Verdict.ShouldBe(Verdict.Passed);

        var again = judged.After(Entry(kind));

        again.Gate.ShouldBeNull();
        again.Verdict.ShouldBe(Verdict.Inconclusive);
    }

    private static StepState New() => new()
    {
        Step = new PlanStep { Id = "01-x", ParentHash = "", Hash = "", Phase = "x", System = "s", Action = new StepAction("x", "x"), Irreversible = "it only looks", Estimate = new StepEstimate(null, "nothing to go by") },
    };

    private static JsonObject Gate(Verdict verdict) =>
        new() { ["result"] = JsonSerializer.SerializeToNode(new GateResult("g", verdict, "", IntegrityScore.Of([])), MigrationJson.Line) };

    private static JournalEntry Entry(string kind, JsonObject? data = null) =>
        new() { Seq = 1, At = DateTimeOffset.UnixEpoch, Kind = kind, Step = "01-x", Epoch = 1, Data = data ?? [], Prev = "", Hash = "" };
}
