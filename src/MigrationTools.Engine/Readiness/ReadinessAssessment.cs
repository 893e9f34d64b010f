using System.IO.Enumeration;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Readiness;

/// <summary>
/// Asks everything that must be so before a run starts. One check that breaks is an Error of its own and does not keep the others
/// from being asked; what the spec skips is Skipped with its reason and not run.
/// </summary>
public sealed class ReadinessAssessment(IEnumerable<IReadinessCheck> checks)
{
    private readonly IReadOnlyList<IReadinessCheck> _checks = [.. checks];

    /// <summary>Streams the answers as they come, check by check in the order of registration.</summary>
    public async IAsyncEnumerable<CheckResult> AssessAsync(
        MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(observer);
        var unusedSkips = spec.Readiness.Skip.Keys.ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < _checks.Count; index++)
        {
            observer.Report(new Progress("readiness", index, _checks.Count, "checks"));
            await foreach (var result in RunAsync(_checks[index], spec, observer, cancellationToken).ConfigureAwait(false))
            {
                unusedSkips.RemoveWhere(pattern => FileSystemName.MatchesSimpleExpression(pattern, result.Id, ignoreCase: false));
                yield return HoldToSkipList(result, spec);
            }
        }

        observer.Report(new Progress("readiness", _checks.Count, _checks.Count, "checks") { Completed = true });
        foreach (var pattern in unusedSkips)
        {
            observer.Logger.LogWarning("readiness.skip: '{Pattern}' matches no check; nothing was skipped by it", pattern);
        }
    }

    /// <summary>
    /// Whether the migration may start: the required answers combined. NotRun where there is none, so that an assessment without
    /// a check, or with every check skipped, never reads as ready.
    /// </summary>
    public static Verdict VerdictOf(IEnumerable<CheckResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return Verdicts.Combine(results.Where(result => result.Required));
    }

    private static async IAsyncEnumerable<CheckResult> RunAsync(
        IReadinessCheck check, MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A try around a yield is not allowed to catch: the enumerator is moved by hand.
        var results = check.RunAsync(spec, observer, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (results.ConfigureAwait(false))
        {
            while (true)
            {
                CheckResult current;
                var broken = false;
                try
                {
                    if (!await results.MoveNextAsync().ConfigureAwait(false))
                    {
                        yield break;
                    }

                    current = results.Current;
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    // The edge of a check, as in ReadinessQuestion.
                    current = new ReadinessQuestion(check.Category, $"{check.Category} checks", check.Category).Broken(exception);
                    broken = true;
                }

                yield return current;
                if (broken)
                {
                    yield break;
                }
            }
        }
    }

    // A check that does not know the skip list has looked; the spec's word still stands for the answer.
    private static CheckResult HoldToSkipList(CheckResult result, MigrationSpec spec) =>
        result.Verdict != Verdict.Skipped && SkipList.ReasonFor(spec.Readiness, result.Id) is { } reason
            ? result with { Verdict = Verdict.Skipped, Message = $"skipped by the spec: {reason}", Remedy = null }
            : result;
}
