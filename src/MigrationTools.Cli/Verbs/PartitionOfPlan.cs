using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Partitions;
using MigrationTools.Engine.Checks;
using MigrationTools.Hosting;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>compare --plan</c>: one partition of a plan, with the output and the exit codes of a comparison, and its result in a file.</summary>
internal static class PartitionOfPlan
{
    public static async Task<int> CompareAsync(
        VerbCall call, MigrationHost host, DataOptions data, PartitionOptions asked, ComparisonOptions options, CancellationToken cancellationToken)
    {
        var (plan, index, run) = asked.Read(call.Parsed, data, options);
        var spec = data.SpecPath(call.Parsed) is { } path ? host.ReadSpec(path) : null;
        var partition = plan.Partition(index);
        call.Say($"Partition {index} of {plan.Partitions.Count}: {string.Join("; ", partition.Parts.Select(part => part.Describe()))}.");
        var outcome = await host.ComparePartitionAsync(plan, index, run, spec, call.Observer, cancellationToken);

        var systems = plan.Systems.Select(system => new MergedSystem(system, default, [.. Of(outcome.Result, system)])).Where(system => system.Tables.Count > 0)
            .Select(system => system with { Verdict = Verdicts.Combine(system.Tables.Select(table => table.Verdict)) }).ToList();
        var result = SystemTables.Write(call, systems, plan.Systems.Count > 1);
        call.Results.Whole(result);
        call.Say($"Result: {outcome.Path}");
        return ExitCodes.Of(outcome.Result.Verdict);
    }

    private static IEnumerable<TableComparison> Of(PartitionResult result, PlannedSystem system) =>
        result.Parts.Where(part => part.Part.System == system.Name).Select(part => part.Comparison).OrderBy(table => table.Target, StringComparer.Ordinal);
}
