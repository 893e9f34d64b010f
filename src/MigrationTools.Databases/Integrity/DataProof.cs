using System.IO.Enumeration;
using System.Runtime.CompilerServices;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Integrity;

/// <summary>All that proves that a system's data arrived: counts, checksums, referential integrity, business rules, data quality, as the spec asks.</summary>
public sealed class DataProof(
    RecordCounts counts, ReferentialIntegrity referential, BusinessRules rules, DataQuality quality, TimeProvider time)
{
    /// <summary>Streams every result as it comes. What the spec skips is a Skipped check with its reason; it is not run.</summary>
    public async IAsyncEnumerable<ProofItem> ProveAsync(
        MigrationSpec spec, DatabaseLayout layout, IDatabase source, IDatabase target, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(layout);
        var system = layout.System.Name;
        var validation = spec.Validation;

        var pairs = InScope(validation.Counts, layout);
        foreach (var told in NotInScope("counts", validation.Counts, layout))
        {
            yield return new ProofItem(told);
        }

        if (validation.Counts.SkippedBecause is null)
        {
            await foreach (var result in counts.CountAsync(Request(system, source, target, pairs), observer, cancellationToken).ConfigureAwait(false))
            {
                yield return new ProofItem(result.ToCheck()) { Counts = result };
            }
        }

        pairs = InScope(validation.Checksums, layout);
        foreach (var told in NotInScope("checksums", validation.Checksums, layout))
        {
            yield return new ProofItem(told);
        }

        if (validation.Checksums.SkippedBecause is null)
        {
            await foreach (var result in DatabaseComparer.CompareAsync(source, target, pairs, new ComparisonOptions(), layout.System.Copy.Parallelism, observer, cancellationToken).ConfigureAwait(false))
            {
                yield return new ProofItem(result.ToCheck(system, target.Endpoint.Redacted, time.GetUtcNow())) { Comparison = result };
            }
        }

        pairs = InScope(validation.Referential, layout);
        foreach (var told in NotInScope("referential", validation.Referential, layout))
        {
            yield return new ProofItem(told);
        }

        if (validation.Referential.SkippedBecause is null)
        {
            var request = new ReferentialRequest
            {
                System = system,
                Side = EndpointSide.Target,
                Database = target,
                Schema = layout.TargetNow,
                Pairs = layout.AllPairs,
                WithoutPlace = [.. layout.WithoutPlace],
                Tables = [.. pairs.Select(pair => pair.Target.Name)],
            };
            await foreach (var result in referential.CheckAsync(request, observer, cancellationToken).ConfigureAwait(false))
            {
                yield return new ProofItem(result.ToCheck()) { Referential = result };
            }
        }

        var own = validation.Rules.Where(rule => rule.System == system).ToList();
        if (own.Count > 0)
        {
            await foreach (var result in rules.CheckAsync(new BusinessRuleRequest { Rules = own, Systems = [layout.System] }, observer, cancellationToken).ConfigureAwait(false))
            {
                yield return new ProofItem(result.ToCheck()) { Rule = result };
            }
        }

        pairs = InScope(validation.Quality, layout);
        foreach (var told in NotInScope("quality", validation.Quality, layout))
        {
            yield return new ProofItem(told);
        }

        if (validation.Quality.SkippedBecause is null)
        {
            await foreach (var result in quality.MeasureAsync(Request(system, source, target, pairs), observer, cancellationToken).ConfigureAwait(false))
            {
                yield return new ProofItem(result.ToCheck()) { Quality = result };
            }
        }
    }

    private static TwoSidedRequest Request(string system, IDatabase source, IDatabase target, IReadOnlyList<TablePair> pairs) =>
        new() { System = system, Source = source, Target = target, Pairs = pairs };

    private static IReadOnlyList<TablePair> InScope(ValidationScope scope, DatabaseLayout layout) =>
        scope.Tables is null ? layout.Pairs : [.. layout.Pairs.Where(pair => scope.Tables.Any(pattern => IsMeant(pattern, pair)))];

    private static bool IsMeant(string pattern, TablePair pair) =>
        FileSystemName.MatchesSimpleExpression(pattern, pair.Target.Name.Name, ignoreCase: false) || TablePairing.Matches(pattern, pair.Target.Name);

    // A name that means no table is more likely a mistake than a wish: what it was to prove is not proved.
    private static IEnumerable<CheckResult> NotInScope(string what, ValidationScope scope, DatabaseLayout layout)
    {
        if (scope.SkippedBecause is { } reason)
        {
            yield return Check(what, layout, "", Verdict.Skipped, $"skipped by the spec: {reason}");
            yield break;
        }

        foreach (var pattern in scope.Tables?.Where(pattern => !layout.Pairs.Any(pair => IsMeant(pattern, pair))) ?? [])
        {
            yield return Check(what, layout, $":{pattern}", Verdict.NotRun, $"'{pattern}' means no table of the target that anything is moved into") with
            {
                Remedy = $"Name one of {string.Join(", ", layout.Pairs.Select(pair => pair.TargetName))} under validation, or leave it out.",
            };
        }
    }

    private static CheckResult Check(string what, DatabaseLayout layout, string of, Verdict verdict, string message) => new()
    {
        Id = $"{what}:{layout.System.Name}{of}",
        Name = $"{what} of {layout.System.Name}",
        Category = what,
        System = layout.System.Name,
        Verdict = verdict,
        Message = message,
    };
}
