using System.CommandLine;
using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>strategy</c>: ranks the seven strategies for a spec by what is seen, and changes nothing.</summary>
internal sealed class StrategyVerb : CliVerb
{
    private readonly Argument<string> _spec = new("spec") { Description = "The spec (YAML or JSON); which strategy it asks for does not matter." };

    private readonly Option<TimeSpan?> _window = new("--window")
    {
        HelpName = "duration",
        Description = "How long writers may be kept out: 30m, 2h.",
        CustomParser = result =>
        {
            var parsed = DurationText.Parse(result.Tokens[0].Value);
            if (parsed is null)
            {
                result.AddError($"--window takes {DurationText.Expected}, not '{result.Tokens[0].Value}'.");
            }

            return parsed;
        },
    };

    public StrategyVerb(CliSession session)
        : base(session, "strategy", "Rank the seven strategies for a migration by what is seen of its systems, with reasons. Changes nothing.")
    {
        Add(_spec);
        Add(_window);
    }

    public override IReadOnlyList<string> Examples =>
        ["strategy samples/shop/migration.yaml --window 30m", "strategy migration.yaml --window 2h --verbose", "strategy migration.yaml --output json"];

    public override (string Zero, string? One) Outcomes => ("The strategies are ranked.", null);

    protected override async Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var host = call.CreateHost();
        var spec = host.ReadSpec(call.Parsed.GetRequiredValue(_spec));
        var window = call.Parsed.GetValue(_window);
        var strategies = await host.RecommendAsync(spec, window, call.Observer, cancellationToken);
        foreach (var advice in strategies)
        {
            call.Results.Item(advice);
        }

        call.Results.Whole(new StrategyOutput(spec.Id, spec.Name, window, strategies));
        call.Results.Text(console => StrategyText.Write(console, spec, strategies, call.Verbose));
        return ExitCodes.Passed;
    }
}
