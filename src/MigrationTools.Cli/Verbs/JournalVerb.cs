using System.CommandLine;
using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>journal</c>: what a run wrote down, entry by entry.</summary>
internal sealed class JournalVerb : CliVerb
{
    private readonly Argument<string> _run = new("run") { Description = "The run's id." };

    public JournalVerb(CliSession session)
        : base(session, "journal", "Show what a run wrote down, entry by entry; the chain of hashes is checked.") => Add(_run);

    public override IReadOnlyList<string> Examples => ["journal shop-v2-to-v3-20250301-101500-a1b2", "journal shop-v2-to-v3-20250301-101500-a1b2 --output jsonl"];

    public override (string Zero, string? One) Outcomes => ("The journal is whole.", null);

    protected override async Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var runId = call.Parsed.GetRequiredValue(_run);
        var entries = await call.CreateHost().Runs.ReadJournalAsync(runId, cancellationToken);
        foreach (var entry in entries)
        {
            call.Results.Item(entry);
        }

        call.Results.Whole(new { runId, entries });
        call.Results.Text(console => JournalText.Write(console, entries));
        return ExitCodes.Passed;
    }
}
