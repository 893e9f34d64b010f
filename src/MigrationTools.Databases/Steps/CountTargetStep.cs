using System.Globalization;
using MigrationTools.Databases.Integrity;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// Before the source's tables go (parameter <c>tables</c>): counts the rows of the target's, of which there should be no fewer than were proved to have arrived.
/// Days may lie between that proof and this step, in which a target may be emptied, or restored to an older state. Its users may also have deleted what
/// they no longer need, which only a person can tell: a check a table, <c>held:system/table</c>, to be waived.
/// </summary>
public sealed class CountTargetStep(DatabaseCatalog catalog, DatabaseLayouts layouts, TimeProvider time) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.CountTarget;

    public override bool Lapses => true;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var layout = await layouts.ResolveAsync(databases.System, cancellationToken).ConfigureAwait(false);
        var proved = DropSourceStep.Compared(context)?.Tables.ToDictionary(table => table.Table, table => table.Rows, StringComparer.Ordinal) ?? [];
        var look = await Look.OpenAsync(databases.Target, time, cancellationToken).ConfigureAwait(false);
        await using var dispose = look.ConfigureAwait(false);
        var checks = new List<CheckResult>();
        foreach (var table in SourceTables.Read(context.Action.Parameters))
        {
            var targets = layout.Pairs.Where(pair => pair.Source?.Name == table).ToList();
            if (!proved.TryGetValue(table.ToString(), out var rows))
            {
                checks.Add(Check(databases, table.ToString(), Verdict.NotRun, $"{table} was not compared row by row in this run, or not found equal", []) with { Remedy = "Compare by checksums, or remove the tables yourself." });
            }
            else if (targets.Count == 0)
            {
                checks.Add(Check(databases, table.ToString(), Verdict.Failed, $"{databases.Target.Endpoint} has no table for {table} any more", []));
            }
            else
            {
                foreach (var pair in targets)
                {
                    checks.Add(await CountAsync(databases, pair, rows, look, cancellationToken).ConfigureAwait(false));
                }
            }
        }

        return new StepObservation($"{checks.Count(check => check.Verdict == Verdict.Passed)} of {checks.Count} tables of the target have no fewer rows than when they were found equal") { Checks = checks };
    }

    protected override Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.NotApplied, "it only looks, so it is done again"));

    private static async Task<CheckResult> CountAsync(DatabasePair databases, TablePair pair, long rows, Look look, CancellationToken cancellationToken)
    {
        try
        {
            var (count, evidence) = await look.CountAsync(await PairSql.CountTargetAsync(pair, look, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            var message = string.Create(CultureInfo.InvariantCulture, $"{count} rows, {rows} when it was found equal to {pair.SourceName}");
            var verdict = count < rows ? Verdict.Failed : Verdict.Passed;
            return Check(databases, pair.TargetName, verdict, message, [evidence with { Expected = string.Create(CultureInfo.InvariantCulture, $">= {rows}") }]);
        }
        catch (DatabaseException unread)
        {
            return Check(databases, pair.TargetName, Verdict.Error, unread.Message, []);
        }
    }

    private static CheckResult Check(DatabasePair databases, string table, Verdict verdict, string message, IReadOnlyList<Evidence> evidence)
    {
        var id = CheckIds.Of("held", databases.System.Name, table);
        return new CheckResult
        {
            Id = id,
            Name = $"{table} still holds what was moved",
            Category = "held",
            System = databases.System.Name,
            Verdict = verdict,
            Message = message,
            Remedy = verdict switch
            {
                Verdict.Passed => null,
                Verdict.Failed => $"Find out where the rows went. If they were deleted on purpose, waive {id} with the reason when you resume the run.",
                _ => "Make the target readable and resume the run.",
            },
            Evidence = evidence,
        };
    }
}
