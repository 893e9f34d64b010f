using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;
using MigrationTools.Engine.Checks;
using MigrationTools.Hosting.Traffic;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>traffic show</c>: asks routers how they share requests out.</summary>
internal sealed class TrafficShowVerb : CliVerb
{
    private readonly TrafficOptions _traffic = new();

    public TrafficShowVerb(CliSession session)
        : base(session, "show", "Ask routers how they share requests out. Changes nothing.") => _traffic.AddTo(this);

    public override IReadOnlyList<string> Examples =>
    [
        "traffic show migration.yaml",
        "traffic show --router haproxy --endpoint unix:/run/haproxy.sock --backend shop --source blue --target green",
    ];

    public override (string Zero, string? One) Outcomes => ("Every router tells its share and, with --prove, requests land so.", "Requests land otherwise than the router says.");

    protected override async Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var host = call.CreateHost();
        var lanes = new List<LaneTraffic>();
        await foreach (var lane in host.ReadTrafficAsync(_traffic.Read(call.Parsed, host), cancellationToken))
        {
            lanes.Add(lane);
            call.Results.Item(lane);
        }

        var verdict = Verdicts.Combine(lanes.Select(lane => lane.Verdict));
        call.Results.Whole(new { verdict, lanes });
        call.Results.Text(console => TrafficText.Write(console, lanes));
        return ExitCodes.Of(verdict);
    }
}
