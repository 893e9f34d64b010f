using System.CommandLine;
using MigrationTools.Cli.CommandLine;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>approve</c>: a person's yes or no to a step that a run waits with.</summary>
internal sealed class ApproveVerb : CliVerb
{
    private readonly Argument<string> _run = new("run") { Description = "The run's id." };
    private readonly Option<string?> _step = OptionKinds.Text("--step", "id", "The step that waits; not needed where only one does.");
    private readonly Option<string?> _why = OptionKinds.Text("--why", "text", "Your reason, kept with the run.");
    private readonly Option<bool> _refuse = OptionKinds.Switch("--refuse", "Say no: the gate fails, and the run does what its spec says of that.");
    private readonly Option<string?> _who = OptionKinds.Text("--who", "name", "Who says so [default: the user of this process].");

    public ApproveVerb(CliSession session)
        : base(session, "approve", "Approve or refuse what a run waits for, from any machine that reaches its runs. Who and why is kept in the journal.")
    {
        _why.Required = true;
        Add(_run);
        Add(_step);
        Add(_why);
        Add(_refuse);
        Add(_who);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "approve shop-v2-to-v3-20250301-101500-a1b2 --why 'the dashboards are quiet'",
        "approve shop-v2-to-v3-20250301-101500-a1b2 --step 07-approve --refuse --why 'orders are slow' --who 'Ada Lovelace'",
    ];

    public override (string Zero, string? One) Outcomes => ("The word is kept; the run sees it within seconds, or when it is resumed.", null);

    protected override async Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var host = call.CreateHost();
        var runId = call.Parsed.GetRequiredValue(_run);
        var approval = await host.ApproveAsync(
            runId,
            call.Parsed.GetValue(_step),
            !call.Parsed.GetValue(_refuse),
            call.Parsed.GetValue(_who) ?? Environment.UserName,
            call.Parsed.GetValue(_why) ?? "",
            cancellationToken);
        var result = new { runId, approval.Step, approval.Approved, approval.Who, approval.Why, approval.At };
        call.Results.Item(result);
        call.Results.Whole(result);
        call.Results.Text(console => console.Out.WriteLine($"{approval.Step} of {runId} is {(approval.Approved ? "approved" : "refused")} by {Terminal.Printable.Line(approval.Who)}."));
        return ExitCodes.Passed;
    }
}
