using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>Copies the rows; what an earlier attempt committed is not copied again. Prior: <c>sequences</c>, where they stood, and <c>filled</c>, the tables that had rows already. Data: <c>tables</c>, a <see cref="TableCopyResult"/> each.</summary>
public sealed class CopyStep(DatabaseCatalog catalog, DatabaseLayouts layouts, DatabaseCopier copier, TimeProvider time) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.Copy;

    /// <summary>Names the copy in the target's progress table.</summary>
    public static string CopyIdOf(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return $"{context.RunId}/{context.Step.System}";
    }

    protected override async Task<JsonObject> CaptureAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var snapshot = await databases.Target.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = snapshot.ConfigureAwait(false);
        var sequences = await snapshot.ReadSequencesAsync(cancellationToken).ConfigureAwait(false);
        var layout = await layouts.ResolveAsync(databases.System, cancellationToken).ConfigureAwait(false);
        return new JsonObject
        {
            ["sequences"] = JsonSerializer.SerializeToNode(sequences, MigrationJson.Line),
            ["filled"] = await FilledTables.CaptureAsync(snapshot, layout, cancellationToken).ConfigureAwait(false),
        };
    }

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var layout = await layouts.ResolveAsync(databases.System, cancellationToken).ConfigureAwait(false);
        PlannedPairs.Require(context.Action.Parameters, layout);
        var copy = databases.System.Copy;
        var options = new CopyOptions
        {
            Parallelism = copy.Parallelism,
            ChunkRows = copy.ChunkRows,
            MaxRejected = copy.MaxRejected,
            MaxRowsPerSecond = copy.MaxRowsPerSecond,
            CopyId = CopyIdOf(context),
            RejectedDirectory = Path.Combine(context.RunDirectory, "rejected", databases.System.Name),
        };
        var begun = time.GetTimestamp();
        var tables = new List<TableCopyResult>();
        await foreach (var table in copier.CopyAsync(databases.Source, databases.Target, layout.Pairs, options, context.Observer, cancellationToken).ConfigureAwait(false))
        {
            tables.Add(table);
        }

        tables.Sort((left, right) => string.CompareOrdinal(left.Target, right.Target));
        var rows = tables.Sum(table => table.Rows);
        var resumed = tables.Sum(table => table.ResumedRows);
        var rejected = tables.Sum(table => table.Rejected);
        var elapsed = time.GetElapsedTime(begun);
        return new StepObservation(string.Create(CultureInfo.InvariantCulture,
            $"{rows:N0} rows in {tables.Count} tables{(resumed > 0 ? $" ({resumed:N0} of them by an earlier attempt)" : "")} in {elapsed.TotalSeconds:0.0} s; {rejected:N0} rejected"))
        {
            Evidence = [new Evidence("rows that the target said it took, in committed chunks", rows.ToString(CultureInfo.InvariantCulture), time.GetUtcNow()) { Endpoint = databases.Target.Endpoint.Redacted }],
            Data = new JsonObject { ["tables"] = JsonSerializer.SerializeToNode(tables, MigrationJson.Line), ["rows"] = rows, ["rejected"] = rejected },
        };
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var progress = await CopyProgress.ReadAsync(databases.Target, CopyIdOf(context), cancellationToken).ConfigureAwait(false);
        return progress.Tables.Count == 0
            ? new EffectReport(Effect.NotApplied, "no chunk was committed")
            : new EffectReport(
                Effect.Partial,
                $"{progress.Tables.Sum(table => table.Rows)} rows of {progress.Tables.Count} tables are committed ({progress.Tables.Count(table => table.Finished)} tables whole)")
            {
                Continuable = true,
            };
    }
}
