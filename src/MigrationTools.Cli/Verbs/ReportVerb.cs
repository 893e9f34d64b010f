using System.CommandLine;
using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Terminal;
using MigrationTools.Engine;
using MigrationTools.Engine.Specs.Reading;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>report</c>: writes a run's report from its journal.</summary>
internal sealed class ReportVerb : CliVerb
{
    private static readonly string[] Formats = ["html", "markdown", "json", "junit", "csv"];

    private readonly Argument<string> _run = new("run") { Description = "The run's id." };
    private readonly Option<string[]> _format = OptionKinds.List("--format", string.Join(',', Formats), "Which files; without it all.");
    private readonly Option<string?> _out = OptionKinds.Text("--out", "dir", "Where to; without it the run's own directory.");

    public ReportVerb(CliSession session)
        : base(session, "report", "Write the report of a run from its journal.")
    {
        Add(_run);
        Add(_format);
        Add(_out);
    }

    public override IReadOnlyList<string> Examples => ["report shop-v2-to-v3-20250301-101500-a1b2", "report shop-v2-to-v3-20250301-101500-a1b2 --format html,junit --out build/reports"];

    public override (string Zero, string? One) Outcomes => ("The files are written, whatever the run's verdict.", null);

    protected override async Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var host = call.CreateHost();
        var runId = call.Parsed.GetRequiredValue(_run);
        var formats = OptionKinds.Parts(call.Parsed.GetValue(_format));
        foreach (var format in formats)
        {
            if (!Formats.Contains(format, StringComparer.Ordinal))
            {
                var meant = NearestName.Find(format, Formats) is { } nearest ? $"; did you mean '{nearest}'?" : ".";
                throw new InvalidRequestException($"There is no report format '{format}'{meant} Formats: {string.Join(", ", Formats)}.");
            }
        }

        var state = await host.Runs.LookAsync(runId, cancellationToken);
        var directory = call.Parsed.GetValue(_out) is { } given ? Path.GetFullPath(given) : null;
        var files = await host.WriteReportAsync(runId, directory, formats, cancellationToken);
        foreach (var file in files)
        {
            call.Results.Item(new { file });
        }

        call.Results.Whole(new { runId, state.Verdict, state.Status, files });
        call.Results.Text(console =>
        {
            foreach (var file in files)
            {
                console.Out.WriteLine(FilePath.Show(file));
            }
        });
        return ExitCodes.Passed;
    }
}
