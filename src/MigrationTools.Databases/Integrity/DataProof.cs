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

        if (InScope("counts", validation.Counts, layout, out var pairs) is { } noCounts)
        {
            yield return new ProofItem(noCounts);
        }
        else
        {
            await foreach (var result in counts.CountAsync(Request(system, source, target, pairs), observer, cancellationToken).ConfigureAwait(false))
            {
                yield return new ProofItem(result.ToCheck()) { Counts = result };
            }
        }

        if (InScope("checksums", validation.Checksums, layout, out pairs) is { } noChecksums)
        {
            yield return new ProofItem(noChecksums);
        }
        else
        {
            await foreach (var result in DatabaseComparer.CompareAsync(source, target, pairs, new ComparisonOptions(), layout.System.Copy.Parallelism, observer, cancellationToken).ConfigureAwait(false))
            {
                yield return new ProofItem(result.ToCheck(system, target.Endpoint.Redacted, time.GetUtcNow())) { Comparison = result };
            }
        }

        if (InScope("referential", validation.Referential, layout, out pairs) is { } noReferential)
        {
            yield return new ProofItem(noReferential);
        }
        else
        {
            var request = new ReferentialRequest
            {
                System = system,
                Side = EndpointSide.Target,
                Database = target,
                Schema = layout.TargetNow,
                Pairs = layout.Pairs,
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

        if (InScope("quality", validation.Quality, layout, out pairs) is { } noQuality)
        {
            yield return new ProofItem(noQuality);
        }
        else
        {
            await foreach (var result in quality.MeasureAsync(Request(system, source, target, pairs), observer, cancellationToken).ConfigureAwait(false))
            {
                yield return new ProofItem(result.ToCheck()) { Quality = result };
            }
        }
    }

    private static TwoSidedRequest Request(string system, IDatabase source, IDatabase target, IReadOnlyList<TablePair> pairs) =>
        new() { System = system, Source = source, Target = target, Pairs = pairs };

    private static CheckResult? InScope(string what, ValidationScope scope, DatabaseLayout layout, out IReadOnlyList<TablePair> pairs)
    {
        pairs = scope.Tables is null
            ? layout.Pairs
            : [.. layout.Pairs.Where(pair => scope.Tables.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, pair.Target.Name.Name, ignoreCase: false) || TablePairing.Matches(pattern, pair.Target.Name)))];
        return scope.SkippedBecause is null
            ? null
            : new CheckResult
            {
                Id = $"{what}:{layout.System.Name}",
                Name = $"{what} of {layout.System.Name}",
                Category = what,
                System = layout.System.Name,
                Verdict = Verdict.Skipped,
                Message = $"skipped by the spec: {scope.SkippedBecause}",
            };
    }
}
