using System.Globalization;
using System.Text;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>
/// How many rows a table has, and keys at even distances between them: quantiles of what is really there, found by the source in one pass over its key,
/// so that sparse and skewed keys are split as evenly as dense ones.
/// </summary>
internal sealed record KeyLadder
{
    private const string Place = "migrationtools_place";
    private const string UpTo = "migrationtools_upto";
    private const string Total = "migrationtools_total";

    // A boundary stands in the plan and in every statement of its partitions.
    private const int LongestCell = 1024;
    private const long MostRungs = 100_000;
    private const double SampleRows = 200_000;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public required long Rows { get; init; }

    /// <summary>Where the number of rows comes from.</summary>
    public required string Basis { get; init; }

    /// <summary>In order, no two alike; empty for a table that is not split.</summary>
    public IReadOnlyList<KeyRung> Rungs { get; init; } = [];

    /// <param name="pair">The table.</param>
    /// <param name="order">By what it is split.</param>
    /// <param name="source">Where the keys are.</param>
    /// <param name="sizes">Rungs stand at a sixteenth of a partition from each other, as far as can be told from this table alone.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<KeyLadder> MeasureAsync(TablePair pair, KeyOrder order, KeySide source, PartitionSizes sizes, CancellationToken cancellationToken)
    {
        if (order.Columns.Count > 0 && source.IsPostgres && pair.Where is null
            && await EstimateAsync(pair, source, cancellationToken).ConfigureAwait(false) is { } estimate && estimate >= sizes.SampleFrom)
        {
            return await SampleAsync(pair, order, source, estimate, sizes, cancellationToken).ConfigureAwait(false);
        }

        var rows = await source.Snapshot.CountAsync(pair.SourceQuery(), cancellationToken).ConfigureAwait(false);
        var ladder = new KeyLadder { Rows = rows, Basis = "rows of the source, counted" };
        if (order.Columns.Count == 0 || rows < 2)
        {
            return ladder;
        }

        var rungs = await ReadAsync(pair, order, source, "", Step(rows, rows, sizes), cancellationToken).ConfigureAwait(false);
        return ladder with { Rungs = [.. rungs.Select(rung => rung.Rung).Where(rung => rung.UpTo < rows)] };
    }

    private static async Task<long?> EstimateAsync(TablePair pair, KeySide source, CancellationToken cancellationToken) =>
        (source.Snapshot is ISegmentedSnapshot snapshot ? await snapshot.EstimateAsync(pair.SourceQuery(), cancellationToken).ConfigureAwait(false) : null) ?? pair.Source?.EstimatedRows;

    private static async Task<KeyLadder> SampleAsync(TablePair pair, KeyOrder order, KeySide source, long estimate, PartitionSizes sizes, CancellationToken cancellationToken)
    {
        var percent = Math.Min(100, 100 * SampleRows / estimate);
        var clause = string.Create(CultureInfo.InvariantCulture, $" TABLESAMPLE SYSTEM ({percent:0.########}) REPEATABLE (1)");
        var sampled = (long)Math.Min(SampleRows, estimate);
        var rungs = await ReadAsync(pair, order, source, clause, Step(estimate, sampled, sizes), cancellationToken).ConfigureAwait(false);
        var seen = rungs.Count == 0 ? 0 : rungs[0].Total;
        return new KeyLadder
        {
            Rows = estimate,
            Basis = $"the server's estimate of the source's rows; boundaries from a sample of {seen.ToString(CultureInfo.InvariantCulture)} of them",
            Rungs = [.. rungs.Where(rung => rung.Rung.UpTo < rung.Total).Select(rung => rung.Rung with { UpTo = (long)((double)rung.Rung.UpTo / rung.Total * estimate) })],
        };
    }

    private static long Step(long rows, long read, PartitionSizes sizes)
    {
        var aPartition = sizes.RowsPerPartition is { } wanted ? (double)wanted : (double)rows / (sizes.Partitions ?? 1);
        var step = (long)(aPartition / 16 * read / rows);
        return Math.Max(1, Math.Max(step, read / MostRungs));
    }

    private static async Task<List<(KeyRung Rung, long Total)>> ReadAsync(
        TablePair pair, KeyOrder order, KeySide source, string sample, long step, CancellationToken cancellationToken)
    {
        var columns = order.Columns.Select(name => pair.Columns.First(column => column.Target.Name == name)).ToList();
        var names = string.Join(", ", columns.Select(column => source.Dialect.Quote(column.Source.Name)));
        // What a whole table sums up to is known from its count; here it would make the server put all its keys aside.
        var total = sample.Length == 0 ? "0" : "count(*) OVER ()";
        var where = pair.Where is { } condition ? $"\nWHERE (\n{condition}\n)" : "";
        var query = new RowQuery
        {
            // With peers counted: the rows up to a key are all that have it, also where it is only the beginning of a key.
            Sql = $"""
                SELECT {names}, row_number() OVER (ORDER BY {names}) AS {Place}, count(*) OVER (ORDER BY {names}) AS {UpTo}, {total} AS {Total}
                FROM {source.Dialect.Quote(pair.Source!.Name)}{sample}{where}
                """,
            Columns = [.. columns.Select(column => column.Source), new ReadColumn(UpTo, Whole), new ReadColumn(Total, Whole)],
            Where = string.Create(CultureInfo.InvariantCulture, $"{Place} % {step} = 0"),
        };
        var rungs = new List<(KeyRung Rung, long Total)>();
        var reader = await source.Snapshot.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        await using var close = reader.ConfigureAwait(false);
        var batch = new RowBatch(columns.Count + 2);
        while (await reader.ReadAsync(batch, cancellationToken).ConfigureAwait(false))
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                if (CanBeBoundary(batch, row, columns))
                {
                    var rung = new KeyRung(batch.Int64At(row, columns.Count), [.. columns.Select((_, column) => KeyCell.Of(batch, row, column))]);
                    rungs.Add((rung, batch.Int64At(row, columns.Count + 1)));
                }
            }
        }

        // The engines keep a derived table's order only by chance.
        return [.. rungs.OrderBy(rung => rung.Rung.UpTo).DistinctBy(rung => rung.Rung.UpTo)];
    }

    /// <summary>A boundary must be a value that both sides can be asked about, and short enough to stand in a statement.</summary>
    private static bool CanBeBoundary(RowBatch batch, int row, List<ColumnPair> columns)
    {
        for (var index = 0; index < columns.Count; index++)
        {
            var bytes = batch.BytesAt(row, index);
            var fits = batch.KindAt(row, index) switch
            {
                CellKind.Int64 => Fits(batch.Int64At(row, index), columns[index].Target.Type.Kind),
                CellKind.Text => bytes.Length <= LongestCell && !bytes.Contains((byte)0) && IsUtf8(bytes),
                CellKind.Blob => bytes.Length <= LongestCell,
                CellKind.Timestamp or CellKind.TimestampTz => batch.Int64At(row, index) is not (long.MaxValue or long.MinValue),
                CellKind.Uuid or CellKind.Date => true,
                _ => false,
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Fits(long value, LogicalKind kind) => kind switch
    {
        LogicalKind.Int16 => value is >= short.MinValue and <= short.MaxValue,
        LogicalKind.Int32 => value is >= int.MinValue and <= int.MaxValue,
        _ => true,
    };

    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetCharCount(bytes) >= 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static LogicalType Whole => new(LogicalKind.Int64);
}
