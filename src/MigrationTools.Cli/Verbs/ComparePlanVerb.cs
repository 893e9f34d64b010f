using System.CommandLine;
using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Partitions;
using MigrationTools.Engine;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>compare plan</c>: cuts a comparison into partitions and writes them to a file.</summary>
internal sealed class ComparePlanVerb : CliVerb
{
    private readonly DataOptions _data = new();
    private readonly MeaningSettings _meaning = new();
    private readonly Option<int?> _partitions = OptionKinds.Number("--partitions", 1, $"About so many partitions; at most {PartitionSizes.MostPartitions}.");
    private readonly Option<long?> _rows = OptionKinds.BigNumber("--rows-per-partition", 1, "Partitions of about so many source rows, instead.");
    private readonly Option<string?> _out = OptionKinds.Text("--out", "file", "The plan's file [default: plan.json].");

    public ComparePlanVerb(CliSession session)
        : base(session, "plan", "Cut a comparison into partitions that run on their own, on any machine. Counts rows and looks at keys; compares nothing.")
    {
        _data.AddSidesTo(this);
        foreach (var option in _meaning.All)
        {
            Add(option);
        }

        Add(_partitions);
        Add(_rows);
        Add(_out);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "compare plan samples/shop/migration.yaml --partitions 6",
        "compare plan --source sqlite:old.db --target sqlite:new.db --rows-per-partition 5000000 --out shop.json",
        "compare plan shop.yaml --partitions 20 --exclude 'audit_*' --ignore-padding --settle 30s",
    ];

    public override (string Zero, string? One) Outcomes => ("The plan is written.", null);

    protected override async Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var sizes = new PartitionSizes { Partitions = call.Parsed.GetValue(_partitions), RowsPerPartition = call.Parsed.GetValue(_rows) };
        if (sizes.Partitions is null == sizes.RowsPerPartition is null)
        {
            throw new InvalidRequestException("Say either --partitions or --rows-per-partition.");
        }

        var (selection, meaning) = (_meaning.Selection(call.Parsed), _meaning.Meaning(call.Parsed));
        var path = OptionKinds.Path(_out, call.Parsed) ?? "plan.json";
        ComparisonPlanFile.RequireReplaceable(path);
        var host = call.CreateHost();
        var (request, _) = await _data.ReadRequestAsync(call, host, cancellationToken);
        var plan = await host.PlanComparisonAsync(request with { Selection = selection }, sizes, meaning.ApplyTo(new ComparisonOptions()), call.Observer, cancellationToken);
        ComparisonPlanFile.Write(plan, path);

        foreach (var partition in plan.Partitions)
        {
            call.Results.Item(partition);
        }

        call.Results.Whole(plan);
        call.Results.Text(console => PlannedPartitionText.Write(console, plan));
        call.Say($"Plan: {Path.GetFullPath(path)}");
        return ExitCodes.Passed;
    }
}
