using System.CommandLine;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Partitions;
using MigrationTools.Engine;

namespace MigrationTools.Cli.CommandLine;

/// <summary>The options with which <c>compare</c> runs one partition of a plan instead of a whole comparison.</summary>
internal sealed class PartitionOptions
{
    private readonly Option<string?> _plan = PlanOption();
    private readonly Option<int?> _partition = OptionKinds.Number(
        "--partition", 0, "Which partition, from 0 on [default: what Kubernetes indexed jobs, AWS Batch arrays and Slurm arrays set].");

    private readonly Option<string?> _results = ResultsOption();

    public static Option<string?> PlanOption() => OptionKinds.Text("--plan", "file", "A plan made by 'compare plan': compare one partition of it.");

    public static Option<string?> ResultsOption() => OptionKinds.Text("--results", "dir", "Directory of the partitions' results [default: beside the plan, plan.results for plan.json].");

    public void AddTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Add(_plan);
        command.Add(_partition);
        command.Add(_results);
    }

    /// <summary>Whether a partition is asked for.</summary>
    /// <exception cref="InvalidRequestException">Options of a partition without a plan.</exception>
    public bool AreGiven(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        if (parsed.GetValue(_plan) is not null)
        {
            return true;
        }

        return parsed.GetValue(_partition) is null && parsed.GetValue(_results) is null
            ? false
            : throw new InvalidRequestException("--partition and --results belong to --plan, the file that 'compare plan' made.");
    }

    public (ComparisonPlan Plan, int Index, PartitionRun Run) Read(ParseResult parsed, DataOptions data, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        ArgumentNullException.ThrowIfNull(data);
        var path = parsed.GetValue(_plan)!;
        if (data.FirstBesideAPlan(parsed) is { } other)
        {
            throw new InvalidRequestException($"{other} does not go with --plan: the plan says which databases and tables.");
        }

        var plan = ComparisonPlanFile.Read(path);
        var index = parsed.GetValue(_partition) ?? ArrayJobIndex.Find(plan, Environment.GetEnvironmentVariable);
        _ = plan.Partition(index);
        var run = new PartitionRun { Directory = parsed.GetValue(_results) ?? ComparisonPlanFile.ResultsDirectory(path), Options = options };
        return (plan, index, data.Parallelism(parsed) is { } parallelism ? run with { Parallelism = parallelism } : run);
    }
}
