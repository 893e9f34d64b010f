using System.CommandLine;
using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;
using MigrationTools.Cli.Runs;
using MigrationTools.Cli.Terminal;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>run</c>: plan, readiness, execution, proof, report.</summary>
internal sealed class RunVerb : CliVerb
{
    private readonly Argument<string> _spec = new("spec") { Description = "The spec (YAML or JSON)." };
    private readonly RunControls _controls = new();

    public RunVerb(CliSession session)
        : base(session, "run", "Carry a migration out: readiness, plan, execution, proof of the data, report.")
    {
        Add(_spec);
        _controls.AddTo(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "run samples/shop/migration.yaml",
        "run migration.yaml --waive 'backup:*=restored by hand on Monday' --max-runtime 2h",
        "run migration.yaml --output json > run.json",
    ];

    public override (string Zero, string? One) Outcomes =>
        ("Every step is committed and every gate passed.", "Not ready, or a gate failed; what was done is rolled back where the spec says so.");

    protected override bool SaysYes(ParseResult parsed) => _controls.SaysYes(parsed);

    protected override Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var options = _controls.Read(call.Parsed);
        return RunCarrier.CarryAsync(
            call,
            host =>
            {
                var spec = host.ReadSpec(call.Parsed.GetRequiredValue(_spec));
                call.Say(call.Observer.Error.Paint.Strong(Printable.Line(spec.Name)));
                return host.RunAsync(spec, options, call.Observer, cancellationToken);
            },
            RunVerdict.OfMigration,
            cancellationToken);
    }
}
