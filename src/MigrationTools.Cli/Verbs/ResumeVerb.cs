using System.CommandLine;
using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;
using MigrationTools.Cli.Runs;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>resume</c>: goes on with a run that did not come to its end.</summary>
internal sealed class ResumeVerb : CliVerb
{
    private readonly Argument<string> _run = new("run") { Description = "The run's id." };
    private readonly RunControls _controls = new();

    public ResumeVerb(CliSession session)
        : base(session, "resume", "Go on with a run that was interrupted, held or failed: what is in place is not done again.")
    {
        Add(_run);
        _controls.AddTo(this);
    }

    public override IReadOnlyList<string> Examples => ["resume shop-v2-to-v3-20250301-101500-a1b2"];

    public override (string Zero, string? One) Outcomes =>
        ("Every step is committed and every gate passed.", "A gate failed; what was done is rolled back where the spec says so.");

    protected override bool SaysYes(ParseResult parsed) => _controls.SaysYes(parsed);

    protected override Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var options = _controls.Read(call.Parsed);
        call.RunId = call.Parsed.GetRequiredValue(_run);
        return RunCarrier.CarryAsync(
            call, host => host.ResumeAsync(call.RunId, options, call.Observer, cancellationToken), RunVerdict.OfMigration, cancellationToken);
    }
}
