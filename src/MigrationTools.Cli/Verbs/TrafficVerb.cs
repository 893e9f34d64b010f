using MigrationTools.Cli.CommandLine;
using MigrationTools.Engine;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>traffic</c>: what routers do with requests, and sharing them out by hand.</summary>
internal sealed class TrafficVerb : CliVerb
{
    public TrafficVerb(CliSession session)
        : base(session, "traffic", "Look at how routers share requests out, and share them out by hand.")
    {
        Add(new TrafficShowVerb(session));
        Add(new TrafficSetVerb(session));
    }

    public override IReadOnlyList<string> Examples => ["traffic show migration.yaml", "traffic set migration.yaml --percent 10 --prove"];

    public override (string Zero, string? One) Outcomes => ("What 'show' and 'set' say.", null);

    protected override Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken) =>
        throw new InvalidRequestException("'traffic' needs one of its verbs: show, set.");
}
