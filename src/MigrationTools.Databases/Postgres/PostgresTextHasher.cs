using System.Globalization;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Methods;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>The texts of a segment's rows in the order of their bytes, hashed by the server as one.</summary>
internal sealed class PostgresTextHasher(
    PostgresSnapshot snapshot, RowQuery query, IReadOnlyList<RowTextForm> forms, IReadOnlyList<ColumnMeaning> meanings, KeyStretches segmentation) : ISegmentHasher
{
    /// <summary>Segments asked for with one statement.</summary>
    private const int Segments = 512;

    public async Task SumAsync(IReadOnlyList<KeySpan>? within, SegmentDigest into, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(into);
        var segments = within is null ? Enumerable.Range(0, segmentation.Count) : segmentation.SegmentsOf(within);
        var wires = await snapshot.WiresAsync(query, cancellationToken).ConfigureAwait(false);
        foreach (var part in segments.Chunk(Segments))
        {
            var rows = await snapshot.SortAsync(query, (dialect, only) => Sql(part, wires, dialect, only), cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
            {
                into.Add(
                    part[int.Parse(row[0]!, CultureInfo.InvariantCulture) - 1],
                    long.Parse(row[1]!, CultureInfo.InvariantCulture),
                    UInt128.Parse(row[2]!, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            }
        }
    }

    private string Sql(IReadOnlyList<int> segments, PostgresWire[] wires, PostgresDialect dialect, bool only)
    {
        var values = query.Columns.Select(column => PostgresSelect.Value(query, column, dialect)).ToList();
        var fields = values.Select((value, index) => PostgresTextForms.Sql(value, wires[index], forms[index], meanings[index]));
        var body = PostgresSelect.Body(query, dialect, only, PostgresSpans.Conditions(values[0]));
        return $"""
            SELECT {PostgresSpans.Place}, hashed.rows, hashed.hash
            FROM {PostgresSpans.NumberedRows([.. segments.Select(segmentation.SpanOf)])}, LATERAL (
                SELECT count(*) AS rows, md5(string_agg(text.text, '' ORDER BY text.text COLLATE "C")) AS hash
                FROM (SELECT {string.Join(" || ", fields)} AS text{body}) AS text
            ) AS hashed
            WHERE hashed.rows > 0
            """;
    }
}
