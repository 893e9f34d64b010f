using System.CommandLine;
using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;
using MigrationTools.Cli.Terminal;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Readiness;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>readiness</c>: asks everything that must be so before a run starts, and changes nothing.</summary>
internal sealed class ReadinessVerb : CliVerb
{
    private readonly Argument<string> _spec = new("spec") { Description = "The spec (YAML or JSON)." };

    public ReadinessVerb(CliSession session)
        : base(session, "readiness", "Assess whether a migration may start, and say what would make it ready. Changes nothing.") => Add(_spec);

    public override IReadOnlyList<string> Examples => ["readiness samples/shop/migration.yaml", "readiness migration.yaml --output jsonl"];

    public override (string Zero, string? One) Outcomes => ("Ready.", "Not ready.");

    protected override async Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var host = call.CreateHost();
        var spec = host.ReadSpec(call.Parsed.GetRequiredValue(_spec));
        var checks = new List<CheckResult>();
        await foreach (var check in host.AssessReadinessAsync(spec, call.Observer, cancellationToken))
        {
            checks.Add(check);
            call.Results.Item(check);
        }

        var verdict = ReadinessAssessment.VerdictOf(checks);
        call.Results.Whole(ReadinessOutput.Of(spec, checks, verdict));
        call.Results.Text(console =>
        {
            CheckText.WriteAll(console, checks);
            CheckText.WriteOpen(console, checks);
            var ready = verdict.LetsPass() ? "ready" : "not ready";
            console.Out.WriteLine($"{console.OutPaint.As(verdict, verdict.ToString())}: {Printable.Line(spec.Name)} is {ready}; {CheckText.Summary(checks)}.");
        });
        return ExitCodes.Of(verdict);
    }
}
