using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>integrity</c>: all proofs of data together, with the score.</summary>
internal sealed class IntegrityVerb : CliVerb
{
    private readonly DataOptions _data = new();

    public IntegrityVerb(CliSession session)
        : base(session, "integrity", "Prove data: counts, rows, references, business rules and quality together, with the integrity score. Changes nothing.") => _data.AddTo(this);

    public override IReadOnlyList<string> Examples => ["integrity samples/shop/migration.yaml", "integrity --run shop-v2-to-v3-20250301-101500-a1b2 --output json"];

    public override (string Zero, string? One) Outcomes => ("Every required check passed.", "A required check failed.");

    protected override async Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var host = call.CreateHost();
        var systems = new List<SystemOutput>();
        var checks = new List<CheckResult>();
        foreach (var scope in await _data.ReadAsync(call, host, cancellationToken))
        {
            var proved = new List<CheckResult>();
            await foreach (var check in host.CheckIntegrityAsync(scope.Request, call.Observer, cancellationToken))
            {
                proved.Add(check with { System = scope.System });
                call.Results.Item(proved[^1]);
            }

            systems.Add(SystemOutput.Of(scope, proved.Where(check => check.Required).Select(check => check.Verdict)));
            checks.AddRange(proved);
            call.Results.Text(console => IntegrityText.Write(console, systems[^1], proved, call.Verbose));
        }

        var result = IntegrityOutput.Of(systems, checks);
        call.Results.Whole(result);
        return ExitCodes.Of(result.Verdict);
    }
}
