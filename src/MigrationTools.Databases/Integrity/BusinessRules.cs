using System.Runtime.CompilerServices;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Integrity;

/// <summary>
/// Runs the spec's business rules and holds what their queries give against what they expect. The rules of one database see one
/// consistent snapshot of it.
/// </summary>
public sealed class BusinessRules(DatabaseCatalog catalog, TimeProvider time)
{
    /// <summary>Streams a result a rule, in the spec's order. A rule whose query or database fails is an Error, and the next one is run.</summary>
    public async IAsyncEnumerable<BusinessRuleResult> CheckAsync(
        BusinessRuleRequest request, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        var looks = new SharedLooks(catalog, time);
        await using var ofLooks = looks.ConfigureAwait(false);
        for (var index = 0; index < request.Rules.Count; index++)
        {
            observer.Report(new Progress("check rules", index, request.Rules.Count, "rules"));
            yield return await CheckAsync(request.Rules[index], request.Systems, looks, cancellationToken).ConfigureAwait(false);
        }

        observer.Report(new Progress("check rules", request.Rules.Count, request.Rules.Count, "rules") { Completed = true });
    }

    private async Task<BusinessRuleResult> CheckAsync(
        RuleSpec rule, IReadOnlyList<DatabaseSystemSpec> systems, SharedLooks looks, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var result = new BusinessRuleResult
        {
            Name = rule.Name,
            System = rule.System,
            Side = rule.Side,
            Expected = rule.Expect.ToString(),
            Weight = rule.Weight,
            Verdict = Verdict.NotRun,
        };
        try
        {
            var system = systems.FirstOrDefault(candidate => candidate.Name == rule.System)
                ?? throw new InvalidRequestException($"The rule '{rule.Name}' is on '{rule.System}', which is not a database system of the spec.");
            var look = await looks.GetAsync(rule.Side == EndpointSide.Source ? system.Source : system.Target, cancellationToken).ConfigureAwait(false);
            var dialect = look.Database.Dialect.Name;
            var sql = rule.Sql.For(dialect) ?? throw new InvalidRequestException($"The rule '{rule.Name}' has no SQL for {dialect}.");
            var (answer, evidence) = await look.AskAsync(sql, cancellationToken).ConfigureAwait(false);
            var outcome = answer.IsOneValue
                ? ExpectationEvaluator.Evaluate(rule.Expect, answer.Value)
                : new ExpectationOutcome(Verdict.Inconclusive, $"gives {answer.Shape} where one value is expected");
            result = result with
            {
                Observed = answer.IsOneValue ? answer.Value : null,
                Verdict = outcome.Verdict,
                Message = outcome.Message,
                Evidence = [evidence with { Expected = rule.Expect.ToString() }],
            };
        }
        catch (MigrationToolsException broken)
        {
            result = result with { Verdict = Verdict.Error, Message = broken.Message };
        }

        return result with { DurationMs = (long)time.GetElapsedTime(started).TotalMilliseconds };
    }
}
