using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Partitions;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Tests.Comparison.Partitions;

/// <summary>Two databases, plans of their comparison, and a directory for results.</summary>
internal sealed class PartitionRoom(IDatabase source, IDatabase target, IReadOnlyList<TablePair> pairs) : IAsyncDisposable
{
    public string Results { get; } = Directory.CreateTempSubdirectory("mt-partitions").FullName;

    public IReadOnlyList<TablePair> Pairs => pairs;

    public IDatabase Source => source;

    public IDatabase Target => target;

    public static async Task<PartitionRoom> OpenAsync(IScratch from, string sourceSql, IScratch to, string targetSql)
    {
        var source = from.Provider.Open(await from.NewAsync(EngineSyntax.For(from, sourceSql)));
        var target = to.Provider.Open(await to.NewAsync(EngineSyntax.For(to, targetSql)));
        return new PartitionRoom(source, target, await Integrity.Pairs.ByNameAsync(source, target));
    }

    public Task<ComparisonPlan> PlanAsync(PartitionSizes sizes, ComparisonOptions? options = null) => new PartitionPlanner(TimeProvider.System).PlanAsync(
        Systems(pairs), new PlanOrigin(), [new PlannedSystem(null, source.Endpoint.Redacted, target.Endpoint.Redacted)],
        sizes, ComparisonMeaning.Of(options ?? new ComparisonOptions()), SilentObserver.Instance, default);

    public Task<PartitionOutcome> CompareAsync(ComparisonPlan plan, int index, ComparisonOptions? options = null) =>
        CompareAsync(plan, index, pairs, options);

    public Task<PartitionOutcome> CompareAsync(ComparisonPlan plan, int index, IReadOnlyList<TablePair> now, ComparisonOptions? options = null) => new PartitionComparer(TimeProvider.System).CompareAsync(
        plan, index, Systems(now), new PartitionRun { Directory = Results, Options = options ?? new ComparisonOptions() }, SilentObserver.Instance, default);

    public async Task CompareAllAsync(ComparisonPlan plan)
    {
        foreach (var partition in plan.Partitions)
        {
            await CompareAsync(plan, partition.Index);
        }
    }

    public MergedComparison Merge(ComparisonPlan plan, int maxDifferences = 10_000) => PartitionMerge.Merge(plan, Results, maxDifferences);

    /// <summary>The same comparison in one piece.</summary>
    public async Task<IReadOnlyList<TableComparison>> CompareWholeAsync() =>
        [.. (await DatabaseComparer.CompareAsync(source, target, pairs, new ComparisonOptions { MaxDifferences = 10_000 }, 1, SilentObserver.Instance, default).ToListAsync()).OrderBy(table => table.Target, StringComparer.Ordinal)];

    /// <summary>The keys of every row of a side, part by part.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(ComparisonPlan plan, string table, IDatabase side)
    {
        var pair = pairs.Single(pair => pair.TargetName == table);
        var keys = new List<string>();
        await using var snapshot = await side.OpenSnapshotAsync(default);
        foreach (var part in plan.Partitions.SelectMany(partition => partition.Parts).Where(part => part.Table == table))
        {
            keys.AddRange(await ReadKeysAsync(snapshot, Part(plan, pair, part), ReferenceEquals(side, source)));
        }

        return keys;
    }

    /// <summary>The keys of every row of a side, asked for at once.</summary>
    public async Task<IReadOnlyList<string>> AllKeysAsync(string table, IDatabase side)
    {
        await using var snapshot = await side.OpenSnapshotAsync(default);
        return await ReadKeysAsync(snapshot, pairs.Single(pair => pair.TargetName == table), ReferenceEquals(side, source));
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await target.DisposeAsync();
        Directory.Delete(Results, recursive: true);
    }

    private static TablePair Part(ComparisonPlan plan, TablePair pair, PlannedPart part) => pair with
    {
        Part = part.IsWhole
            ? null
            : new KeyRange(plan.Tables.Single(table => table.Target == part.Table).SplitBy)
            {
                After = part.After is { } after ? KeyCell.Row(after) : null,
                UpTo = part.UpTo is { } upTo ? KeyCell.Row(upTo) : null,
            },
    };

    private static async Task<IReadOnlyList<string>> ReadKeysAsync(IDatabaseSnapshot snapshot, TablePair pair, bool isSource)
    {
        var query = isSource ? pair.SourceQuery() : pair.TargetQuery();
        var key = pair.Key.Select(name => pair.Columns.ToList().FindIndex(column => column.Target.Name == name)).ToList();
        var keys = new List<string>();
        await using var reader = await snapshot.ReadAsync(query, default);
        var batch = new RowBatch(query.Columns.Count);
        while (await reader.ReadAsync(batch, default))
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                keys.Add(string.Join('/', key.Select(column => KeyCell.Of(batch, row, column).Bytes)));
            }
        }

        return keys;
    }

    private async IAsyncEnumerable<PlannableSystem> Systems(IReadOnlyList<TablePair> now)
    {
        await Task.CompletedTask;
        yield return new PlannableSystem(null, source, target, now);
    }
}
