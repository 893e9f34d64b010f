using MigrationTools.Databases.Comparison.Spooling;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>
/// The statements of a table without a key. A difference knows its row only by its texts, so the side is read once for every so many
/// differences, and a row is taken only where all rows of that text are one and the same in canonical form.
/// </summary>
internal sealed class CopyStatements(RepairTable table, IRepairDialect literals, RepairTranslation translation, TextWriter text)
{
    /// <summary>Differences looked for in one reading of the side.</summary>
    private const int AtOnce = 100_000;

    // Its values are read, written and looked for as texts, of which several are in memory at once.
    private const int LargestRow = 64 * 1024 * 1024;

    public async Task InsertAsync(IDatabaseSnapshot source, CancellationToken cancellationToken)
    {
        // Cells of what the target computes itself are read and not written.
        var written = table.Layout.Columns.Select((column, cell) => (Cell: cell, Column: table.Pair.Columns.ToList().FindIndex(pair => pair.Target.Name == column.Name))).Where(item => item.Column >= 0).ToList();
        var head = literals.InsertInto(table.Table, [.. written.Select(item => table.Pair.Columns[item.Column].Target)]);
        await ForEachAsync(table.MissingCopies, source, table.Layout.SourceQuery(table.Pair), () => table.Layout.SourceEncoder(table.Seed), (cells, count) =>
        {
            var values = new List<string>();
            foreach (var (cell, column) in written)
            {
                values.Add(translation.Literal(column, cells.KindAt(0, cell), cells.BytesAt(0, cell), out var refusal));
                if (refusal is not null)
                {
                    return refusal;
                }
            }

            for (var copy = 0L; copy < count; copy++)
            {
                text.Write($"{head} ({string.Join(", ", values)});\n");
            }

            table.Inserts += count;
            return null;
        }, "source", cancellationToken).ConfigureAwait(false);
    }

    public Task DeleteAsync(IReadOnlyList<string> guards, IDatabaseSnapshot target, CancellationToken cancellationToken) =>
        ForEachAsync(table.ExtraCopies, target, table.Layout.TargetQuery(table.Pair), () => table.Layout.TargetEncoder(table.Seed), (cells, count) =>
        {
            var parts = new List<string>();
            for (var place = 0; place < cells.ColumnCount; place++)
            {
                var column = table.Table.FindColumn(table.Layout.Columns[place].Name)!;
                parts.Add(literals.Same(table.Table, column, cells.KindAt(0, place), cells.BytesAt(0, place), out var refusal));
                if (refusal is not null)
                {
                    return $"column {column.Name}: {refusal}";
                }
            }

            text.Write(count == 1 ? string.Empty : RepairStory.Comment($"{count} rows that are the same") + "\n");
            text.Write(literals.DeleteCopies(table.Table, string.Join(" AND ", parts.Concat(table.Selection).Concat(guards)), count) + "\n");
            table.Deletes += count;
            return null;
        }, "target", cancellationToken);

    private async Task ForEachAsync(
        DifferenceSpool differences,
        IDatabaseSnapshot side,
        RowQuery query,
        Func<Canonical.RowEncoder> encoder,
        Func<RowBatch, long, string?> write,
        string name,
        CancellationToken cancellationToken)
    {
        foreach (var some in differences.Read().Chunk(AtOnce))
        {
            using var file = new SpoolFile(null);
            var found = new FoundRows(some, file);
            await found.FindAsync(side, query, encoder(), cancellationToken).ConfigureAwait(false);
            foreach (var (row, wanted) in found.Rows)
            {
                var reason = row.Forms.Exists(form => form.Length > LargestRow) ? "a row of more than 64 MiB of a table without a key: it would have to be told from others by all of its values"
                    : row.IsAmbiguous ? $"rows of the {name} that are not the same read the same, and the table has no key"
                    : row.Copies < wanted ? $"the {name} does not have as many such rows any more"
                    : Write(found, row, wanted, query.Columns.Count, write);
                if (reason is not null)
                {
                    table.LeaveOut(reason, wanted);
                }
            }
        }
    }

    private static string? Write(FoundRows found, FoundRow row, long wanted, int columns, Func<RowBatch, long, string?> write)
    {
        foreach (var form in row.Forms)
        {
            var cells = new RowBatch(columns);
            found.Read(form).AppendTo(cells);
            var count = Math.Min(wanted, form.Copies);
            if (count > 0 && write(cells, count) is { } reason)
            {
                return reason;
            }

            wanted -= count;
        }

        return null;
    }
}
