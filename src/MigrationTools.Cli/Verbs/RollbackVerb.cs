using System.CommandLine;
using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;
using MigrationTools.Cli.Runs;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Rollback;
using MigrationTools.Engine.Runs;
using MigrationTools.Hosting;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>rollback</c>: undoes a run, step by step backwards, and sees that it is undone.</summary>
internal sealed class RollbackVerb : CliVerb
{
    private readonly Argument<string> _run = new("run") { Description = "The run's id." };
    private readonly Option<string?> _reason = OptionKinds.Text("--reason", "text", "Why, for the journal.");
    private readonly Option<string?> _phase = OptionKinds.Text("--phase", "name", "Only back to and with this phase of a phased run: what came after it is undone first, what came before it stays.");
    private readonly Option<bool> _acceptDataLoss = OptionKinds.Switch("--accept-data-loss", "Go back although writes made since cut-over will be lost.");
    private readonly Option<bool> _yes = OptionKinds.Switch("--yes", "Do not ask. Without a terminal nothing is asked anyway.");

    public RollbackVerb(CliSession session)
        : base(session, "rollback", "Undo a run backwards, step by step, and see that the target is what it was before.")
    {
        Add(_run);
        Add(_reason);
        Add(_phase);
        Add(_acceptDataLoss);
        Add(OptionKinds.MetricsFile());
        Add(_yes);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "rollback shop-v2-to-v3-20250301-101500-a1b2",
        "rollback shop-v2-to-v3-20250301-101500-a1b2 --yes --reason 'orders are slow'",
        "rollback shop-v2-to-v3-20250301-101500-a1b2 --phase traffic",
    ];

    public override (string Zero, string? One) Outcomes =>
        ("What was to be undone is undone, and that was seen.", "It was seen that something is not undone, or writes would be lost.");

    protected override bool SaysYes(ParseResult parsed) => parsed.GetValue(_yes);

    protected override Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var runId = call.Parsed.GetRequiredValue(_run);
        var options = new RunOptions { AcceptDataLoss = call.Parsed.GetValue(_acceptDataLoss), Phase = call.Parsed.GetValue(_phase) };
        return RunCarrier.CarryAsync(
            call,
            async host =>
            {
                await AskAsync(call, host, runId, options, cancellationToken);
                return await host.RollbackAsync(runId, call.Parsed.GetValue(_reason) ?? "asked for on the command line", options, call.Observer, cancellationToken);
            },
            RunVerdict.OfRollback,
            cancellationToken);
    }

    private static async Task AskAsync(VerbCall call, MigrationHost host, string runId, RunOptions options, CancellationToken cancellationToken)
    {
        var state = await host.Runs.LookAsync(runId, cancellationToken);
        call.RunId = runId;
        var reach = UndoneReach.Of(state, options.Phase).Describe();
        var loss = options.AcceptDataLoss ? "; writes made since cut-over will be lost" : "";
        var question = new Confirmation($"{runId} ({state.Status}, to undo: {reach}{loss})", "Roll back", options.AcceptDataLoss);
        if (!await call.Observer.ConfirmAsync(question, cancellationToken))
        {
            throw new DeclinedException();
        }
    }
}
