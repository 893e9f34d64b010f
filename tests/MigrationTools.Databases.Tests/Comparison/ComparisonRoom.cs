using System.Text.RegularExpressions;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Two real databases and the comparison of their tables.</summary>
internal sealed class ComparisonRoom : IAsyncDisposable
{
    private readonly IScratch _sourceScratch;
    private readonly IScratch _targetScratch;

    private ComparisonRoom(IScratch sourceScratch, IScratch targetScratch, IDatabase source, IDatabase target, IReadOnlyList<TablePair> pairs) =>
        (_sourceScratch, _targetScratch, Source, Target, Tables) = (sourceScratch, targetScratch, source, target, pairs);

    public IDatabase Source { get; }

    public IDatabase Target { get; }

    public IReadOnlyList<TablePair> Tables { get; set; }

    /// <summary>Makes the databases. The scratches belong to the room.</summary>
    public static async Task<ComparisonRoom> OpenAsync(IScratch sourceScratch, string sourceSql, IScratch targetScratch, string targetSql)
    {
        var source = sourceScratch.Provider.Open(await sourceScratch.NewAsync(EngineSyntax.For(sourceScratch, sourceSql)));
        var target = targetScratch.Provider.Open(await targetScratch.NewAsync(EngineSyntax.For(targetScratch, targetSql)));
        return new ComparisonRoom(sourceScratch, targetScratch, source, target, await Pairs.ByNameAsync(source, target));
    }

    /// <summary>Takes tables as having so many rows, so that few are divided as many are.</summary>
    public void Estimate(long rows) =>
        Tables = [.. Tables.Select(pair => pair with { Source = pair.Source! with { EstimatedRows = rows }, Target = pair.Target with { EstimatedRows = rows } })];

    public async Task<TableComparison> CompareAsync(ComparisonOptions options, IOperationObserver? observer = null, CancellationToken cancellationToken = default) =>
        (await CompareAllAsync(options, observer, cancellationToken)).ShouldHaveSingleItem();

    public async Task<IReadOnlyList<TableComparison>> CompareAllAsync(ComparisonOptions options, IOperationObserver? observer = null, CancellationToken cancellationToken = default) =>
        await DatabaseComparer.CompareAsync(Source, Target, Tables, options, 1, observer ?? SilentObserver.Instance, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>Compares by each method, which must all tell the same and be what was really used, and gives the stream's result.</summary>
    public async Task<TableComparison> CompareByAsync(IReadOnlyList<ComparisonMethod> used, ComparisonOptions? options = null)
    {
        var asked = options ?? new ComparisonOptions();
        var stream = await CompareAsync(asked with { Method = ComparisonMethod.Stream });
        foreach (var method in Enum.GetValues<ComparisonMethod>())
        {
            var result = await CompareAsync(asked with { Method = method });
            Tell(result).ShouldBe(Tell(stream), $"{result.Method} ({result.MethodReason})");
            result.Method.ShouldBe(used.Contains(method) ? method : ComparisonMethod.Stream, result.MethodReason);
        }

        var chosen = await CompareAsync(asked);
        Tell(chosen).ShouldBe(Tell(stream), $"{chosen.Method} ({chosen.MethodReason})");
        return stream;
    }

    public static string Tell(TableComparison result) => string.Join(
        '\n',
        [
            $"{result.Verdict} {result.SourceRows} {result.TargetRows} -{result.Missing} +{result.Extra} ~{result.Changed}",
            .. result.Notes,
            .. result.Differences.Select(Tell),
        ]);

    public async Task ChangeAsync(IDatabase database, string sql)
    {
        await using var session = await database.OpenSessionAsync(default);
        await session.ExecuteAsync(sql, [], default);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Target.DisposeAsync();
        await _sourceScratch.DisposeAsync();
        await _targetScratch.DisposeAsync();
    }

    // A long value's hash is salted anew for each comparison.
    private static string Tell(RowDifference difference) => Regex.Replace(
        $"{difference.Kind} {difference.Count} {string.Join(',', difference.Key.Values)}: {string.Join(", ", difference.Columns.Select(column => $"{column.Name} {column.Source ?? "NULL"} / {column.Target ?? "NULL"}"))}",
        "hash [0-9a-f]{8}",
        "hash");
}
