using MigrationTools.Databases.Comparison.Resuming;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>Compares one partition of a plan and writes what was found to a file of its own. Doing it again is harmless: it writes another file, and the merge says so.</summary>
public sealed class PartitionComparer(TimeProvider time)
{
    /// <param name="plan">The plan.</param>
    /// <param name="index">Which partition.</param>
    /// <param name="systems">The plan's systems, as they are now; those without a part are passed over.</param>
    /// <param name="run">How, and where to.</param>
    /// <param name="observer">Told of the progress.</param>
    /// <param name="cancellationToken">Ends it; no result is left.</param>
    /// <exception cref="InvalidRequestException">There is no such partition, or other options of meaning are asked for than planned.</exception>
    /// <exception cref="MigrationTools.Engine.Planning.PlanException">The databases are no longer what was planned.</exception>
    /// <exception cref="MigrationTools.Engine.Databases.DatabaseException">A side can't be opened.</exception>
    public async Task<PartitionOutcome> CompareAsync(
        ComparisonPlan plan, int index, IAsyncEnumerable<PlannableSystem> systems, PartitionRun run, IOperationObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(systems);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(observer);
        var partition = plan.Partition(index);
        var options = OptionsOf(plan, run.Options);
        var started = time.GetUtcNow();
        var results = new List<PartResult>();
        var read = new List<ReadSystem>();
        await foreach (var system in systems.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var parts = partition.Parts.Where(part => part.System == system.Name).ToList();
            if (parts.Count > 0)
            {
                read.Add(await IdentifyAsync(system, cancellationToken).ConfigureAwait(false));
                results.AddRange(await CompareAsync(plan, parts, system, options, run.Parallelism, observer, cancellationToken).ConfigureAwait(false));
            }
        }

        var inOrder = partition.Parts.Select(part => results.Find(result => result.Part == part) ?? NotRun(plan, part)).ToList();
        var result = new PartitionResult
        {
            PlanId = plan.Id,
            Index = index,
            Attempt = PartitionResultFile.NewAttempt(started),
            StartedAt = started,
            EndedAt = time.GetUtcNow(),
            Host = Environment.MachineName,
            Version = ProductVersion.Text,
            Read = read,
            Verdict = Verdicts.Combine(inOrder.Select(part => part.Comparison.Verdict)),
            Parts = inOrder,
        }.Sealed();
        return new PartitionOutcome(result, PartitionResultFile.Write(result, run.Directory));
    }

    private static async Task<ReadSystem> IdentifyAsync(PlannableSystem system, CancellationToken cancellationToken) => new(
        system.Name,
        (await DatabaseIdentity.OfAsync(system.Source, cancellationToken).ConfigureAwait(false)).HashOfData,
        (await DatabaseIdentity.OfAsync(system.Target, cancellationToken).ConfigureAwait(false)).HashOfData);

    private static async Task<IReadOnlyList<PartResult>> CompareAsync(
        ComparisonPlan plan,
        IReadOnlyList<PlannedPart> parts,
        PlannableSystem system,
        ComparisonOptions options,
        int parallelism,
        IOperationObserver observer,
        CancellationToken cancellationToken)
    {
        var pairs = await ResolveAsync(plan, parts, system, cancellationToken).ConfigureAwait(false);
        var results = new List<PartResult>();
        await foreach (var comparison in DatabaseComparer.CompareAsync(system.Source, system.Target, pairs, options, parallelism, observer, cancellationToken).ConfigureAwait(false))
        {
            results.Add(new PartResult(parts.First(part => part.Table == comparison.Target), comparison));
        }

        return results;
    }

    private static async Task<IReadOnlyList<TablePair>> ResolveAsync(
        ComparisonPlan plan, IReadOnlyList<PlannedPart> parts, PlannableSystem system, CancellationToken cancellationToken)
    {
        var source = await system.Source.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var closeSource = source.ConfigureAwait(false);
        var target = await system.Target.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var closeTarget = target.ConfigureAwait(false);
        return await PlanPairs.ResolveAsync(plan, parts, system, source, target, cancellationToken).ConfigureAwait(false);
    }

    private static ComparisonOptions OptionsOf(ComparisonPlan plan, ComparisonOptions options)
    {
        var asked = ComparisonMeaning.Of(options);
        return asked == plan.Meaning || asked == new ComparisonMeaning()
            ? plan.Meaning.ApplyTo(options)
            : throw new InvalidRequestException("What counts as a difference (rules of texts, tolerances, a sample, settling) is part of the plan, and the same for all partitions. Leave such options out here, and give them to 'compare plan'.");
    }

    private static PartResult NotRun(ComparisonPlan plan, PlannedPart part) => new(part, new TableComparison
    {
        Source = plan.Tables.First(table => table.System == part.System && table.Target == part.Table).Source,
        Target = part.Table,
        Verdict = Verdict.NotRun,
        Notes = ["it was not compared: its system was not given"],
    });
}
