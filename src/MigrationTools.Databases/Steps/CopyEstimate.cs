using System.Globalization;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Planning;

namespace MigrationTools.Databases.Steps;

/// <summary>Estimates how long a copy takes from what is measured: rows on the source, and the speed of reading some of them.</summary>
internal sealed class CopyEstimate(DatabaseCatalog catalog, TimeProvider time)
{
    private static readonly TimeSpan SampleTime = TimeSpan.FromMilliseconds(400);

    public async Task<StepEstimate> MeasureAsync(DatabaseLayout layout, CancellationToken cancellationToken) =>
        (await LookAsync(layout, cancellationToken).ConfigureAwait(false)).Estimate;

    /// <summary>The estimate with the rows that it rests on.</summary>
    public async Task<(StepEstimate Estimate, long Rows)> LookAsync(DatabaseLayout layout, CancellationToken cancellationToken)
    {
        var database = catalog.Open(layout.System.Source);
        await using var disposeDatabase = database.ConfigureAwait(false);
        var snapshot = await database.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var disposeSnapshot = snapshot.ConfigureAwait(false);

        long rows = 0;
        var guessed = 0;
        (TablePair? Pair, long Rows) largest = (null, 0);
        foreach (var pair in layout.Pairs)
        {
            // A server's statistics are good enough for an estimate, and a count may take minutes.
            var tableRows = pair is { Source.EstimatedRows: > 0, Where: null }
                ? pair.Source.EstimatedRows.Value
                : await snapshot.CountAsync(pair.SourceQuery(), cancellationToken).ConfigureAwait(false);
            guessed += pair is { Source.EstimatedRows: > 0, Where: null } ? 1 : 0;
            rows += tableRows;
            largest = tableRows > largest.Rows ? (pair, tableRows) : largest;
        }

        if (largest.Pair is not { } sample)
        {
            return (new StepEstimate(TimeSpan.Zero, "the source's tables are empty (counted)"), 0);
        }

        var (read, elapsed) = await ReadSomeAsync(snapshot, sample, cancellationToken).ConfigureAwait(false);
        var rate = read / Math.Max(elapsed.TotalSeconds, 1e-6);
        var basis = string.Create(CultureInfo.InvariantCulture,
            $"{rows:N0} rows ({(guessed == 0 ? "counted" : $"{guessed} of {layout.Pairs.Count} tables by the server's statistics, the others counted")}); reading {sample.SourceName} measured at {rate:N0} rows/s over {read:N0} rows; writing is not measured, so it may take longer");
        return (new StepEstimate(TimeSpan.FromSeconds(rows / rate), basis), rows);
    }

    private async Task<(long Rows, TimeSpan Elapsed)> ReadSomeAsync(IDatabaseSnapshot snapshot, TablePair pair, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var reader = await snapshot.ReadAsync(pair.SourceQuery(), cancellationToken).ConfigureAwait(false);
        await using var disposeReader = reader.ConfigureAwait(false);
        var batch = new RowBatch(pair.Columns.Count);
        long rows = 0;
        while (time.GetElapsedTime(begun) < SampleTime && await reader.ReadAsync(batch, cancellationToken).ConfigureAwait(false))
        {
            rows += batch.RowCount;
        }

        return (rows, time.GetElapsedTime(begun));
    }
}
