using System.Runtime.CompilerServices;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Readiness;

/// <summary>Whether every row of every source table can be held by its target: <c>compatibility:system/table</c>, an answer a table.</summary>
public sealed class CompatibilityCheck(DatabaseCatalog catalog, ITablePairSource pairs, TimeProvider time) : IReadinessCheck
{
    public string Category => "compatibility";

    public async IAsyncEnumerable<CheckResult> RunAsync(
        MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (var system in spec.Databases)
        {
            // The system's own question finds out what there is to ask; the tables' questions follow from it.
            var question = new ReadinessQuestion($"compatibility:{system.Name}", $"the data of {system.Name} fits its target", Category)
            {
                System = system.Name,
                RemedyOnError = $"Make the source of {system.Name} readable, and correct its tables: and map:.",
            };
            IReadOnlyList<TablePair> found = [];
            var answer = await question.AskAsync(
                spec,
                time,
                async token =>
                {
                    found = await pairs.GetAsync(system, token).ConfigureAwait(false);
                    return new ReadinessAnswer(Verdict.Inconclusive, "the spec takes no table, so there is nothing to hold against the target")
                    {
                        Remedy = $"Correct tables: and map: of {system.Name} so that at least one table is taken.",
                    };
                },
                cancellationToken).ConfigureAwait(false);
            if (found.Count == 0)
            {
                yield return answer;
                continue;
            }

            await foreach (var result in ExamineAsync(spec, system, found, observer, cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
    }

    private async IAsyncEnumerable<CheckResult> ExamineAsync(
        MigrationSpec spec, DatabaseSystemSpec system, IReadOnlyList<TablePair> found, IOperationObserver observer,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var source = catalog.Open(system.Source);
        await using var ofSource = source.ConfigureAwait(false);
        var target = catalog.Open(system.Target);
        await using var ofTarget = target.ConfigureAwait(false);
        var request = new CompatibilityRequest { System = system.Name, Source = source, TargetDialect = target.Dialect, Pairs = found };
        var examination = new DataCompatibility(time);
        foreach (var pair in found)
        {
            var question = new ReadinessQuestion(
                CheckIds.Of("compatibility", system.Name, pair.TargetName), $"{pair.TargetName} can hold every row of {pair.SourceName}", Category)
            {
                System = system.Name,
            };
            yield return await question.AskAsync(
                spec,
                time,
                async token =>
                {
                    var check = (await examination.ExamineAsync(request, pair, observer, token).ConfigureAwait(false)).ToCheck();
                    return new ReadinessAnswer(check.Verdict, check.Message) { Remedy = check.Remedy, Evidence = check.Evidence };
                },
                cancellationToken).ConfigureAwait(false);
        }
    }
}
