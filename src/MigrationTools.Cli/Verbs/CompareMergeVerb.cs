using System.CommandLine;
using System.Globalization;
using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;
using MigrationTools.Cli.Terminal;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Partitions;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>compare merge</c>: adds up what the partitions of a plan found, and says which are missing or were run twice.</summary>
internal sealed class CompareMergeVerb : CliVerb
{
    private readonly Option<string?> _plan = OptionKinds.Text("--plan", "file", "The plan that 'compare plan' made.");
    private readonly Option<string?> _results = PartitionOptions.ResultsOption();
    private readonly Option<int?> _maxDifferences = OptionKinds.Number("--max-differences", 0, "Differences listed a table [default: 100]; all are counted.");

    public CompareMergeVerb(CliSession session)
        : base(session, "merge", "Merge the results of a plan's partitions into that of one comparison, and name those that are missing. Asks no database.")
    {
        _plan.Required = true;
        Add(_plan);
        Add(_results);
        Add(_maxDifferences);
    }

    public override IReadOnlyList<string> Examples => ["compare merge --plan plan.json", "compare merge --plan shop.json --results /shared/shop.results --output json"];

    public override (string Zero, string? One) Outcomes => ("Every partition has a result, and all rows of all tables are the same.", "Rows differ.");

    protected override Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var path = call.Parsed.GetValue(_plan)!;
        var plan = ComparisonPlanFile.Read(path);
        var results = call.Parsed.GetValue(_results);
        var merged = PartitionMerge.Merge(
            plan, results ?? ComparisonPlanFile.ResultsDirectory(path), call.Parsed.GetValue(_maxDifferences) ?? new ComparisonOptions().MaxDifferences);

        var tables = SystemTables.Write(call, merged.Systems, plan.Systems.Count > 1);
        call.Results.Whole(MergeOutput.Of(merged, tables));
        call.Results.Text(console => WriteNotes(console, merged));
        foreach (var index in merged.Missing.Take(20))
        {
            List<string> words = ["compare", "--plan", path, "--partition", index.ToString(CultureInfo.InvariantCulture)];
            words.AddRange(results is null ? [] : ["--results", results]);
            call.Say($"Partition {index} has no result. To run it: {call.Self.Command(words)}");
        }

        return Task.FromResult(ExitCodes.Of(merged.Verdict));
    }

    private static void WriteNotes(CliConsole console, MergedComparison merged)
    {
        foreach (var note in merged.Notes)
        {
            console.Out.WriteLine($"Note: {Printable.Line(note)}");
        }

        console.Out.WriteLine($"{console.OutPaint.As(merged.Verdict, merged.Verdict.ToString())}: {merged.Merged} of {Quantity.Count(merged.Planned, "partition")} merged.");
    }
}
