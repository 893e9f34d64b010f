using System.CommandLine;
using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>plan</c>: shows what a run would do, and changes nothing.</summary>
internal sealed class PlanVerb : CliVerb
{
    private readonly Argument<string> _spec = new("spec") { Description = "The spec (YAML or JSON)." };

    public PlanVerb(CliSession session)
        : base(session, "plan", "Show the steps of a migration, what undoes each, and how long they may take. Changes nothing.") => Add(_spec);

    public override IReadOnlyList<string> Examples => ["plan samples/shop/migration.yaml", "plan migration.yaml --verbose", "plan migration.yaml --output json"];

    public override (string Zero, string? One) Outcomes => ("The plan is made.", null);

    protected override async Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var host = call.CreateHost();
        var spec = host.ReadSpec(call.Parsed.GetRequiredValue(_spec));
        var plan = await host.PlanAsync(spec, call.Observer, cancellationToken);
        foreach (var step in plan.Steps)
        {
            call.Results.Item(step);
        }

        call.Results.Whole(plan);
        call.Results.Text(console => PlanText.Write(console, spec, plan, call.Verbose));
        return ExitCodes.Passed;
    }
}
