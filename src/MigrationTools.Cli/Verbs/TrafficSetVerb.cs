using System.CommandLine;
using System.Globalization;
using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;
using MigrationTools.Engine.Operations;
using MigrationTools.Hosting;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>traffic set</c>: sets the share of one lane and reads it back.</summary>
internal sealed class TrafficSetVerb : CliVerb
{
    private readonly TrafficOptions _traffic = new();
    private readonly Option<decimal> _percent = new("--percent") { HelpName = "0-100", Description = "Share of new requests that the new side gets.", Required = true };
    private readonly Option<bool> _yes = OptionKinds.Switch("--yes", "Do not ask. Without a terminal nothing is asked anyway.");

    public TrafficSetVerb(CliSession session)
        : base(session, "set", "Give the new side a share of the new requests, and read it back from the router. Not a run: nothing takes it back by itself.")
    {
        _traffic.AddTo(this);
        Add(_percent);
        Add(_yes);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "traffic set migration.yaml --percent 10 --prove",
        "traffic set --router haproxy --endpoint unix:/run/haproxy.sock --backend shop --source blue --target green --percent 0 --yes",
    ];

    public override (string Zero, string? One) Outcomes => ("The router says the share and, with --prove, requests land so.", "Requests land otherwise.");

    protected override bool SaysYes(ParseResult parsed) => parsed.GetValue(_yes);

    protected override async Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var host = call.CreateHost();
        var request = _traffic.Read(call.Parsed, host);
        var percent = call.Parsed.GetValue(_percent);
        var (system, lane) = MigrationHost.LaneOf(request);
        var question = new Confirmation(
            string.Create(CultureInfo.InvariantCulture, $"{percent:0.####} % of the new requests of {lane.Name} to {lane.Target} ({system.Endpoint})"), "Send", Destructive: false);
        if (!await call.Observer.ConfirmAsync(question, cancellationToken))
        {
            throw new DeclinedException();
        }

        var set = await host.SetTrafficAsync(request, percent, cancellationToken);
        call.Results.Item(set);
        call.Results.Whole(set);
        call.Results.Text(console => TrafficText.Write(console, [set]));
        return ExitCodes.Of(set.Verdict);
    }
}
