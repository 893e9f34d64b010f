using System.Runtime.InteropServices;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Spooling;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>Finds rows without a key by their texts in one reading of a side.</summary>
internal sealed class FoundRows
{
    private readonly Dictionary<UInt128, (FoundRow Row, long Wanted)> _rows = [];
    private readonly SpoolFile _file;

    public FoundRows(IReadOnlyCollection<SpooledDifference> differences, SpoolFile file)
    {
        _file = file;
        foreach (var difference in differences)
        {
            var (row, wanted) = _rows.GetValueOrDefault(difference.RowText, (new FoundRow(), 0));
            _rows[difference.RowText] = (row, wanted + difference.Count);
        }
    }

    /// <summary>What was found of each difference, and how many such rows it is about.</summary>
    public IEnumerable<(FoundRow Row, long Wanted)> Rows => _rows.Values;

    public async Task FindAsync(IDatabaseSnapshot side, RowQuery query, RowEncoder encoder, CancellationToken cancellationToken)
    {
        var reader = await side.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        await using var close = reader.ConfigureAwait(false);
        var batch = new RowBatch(query.Columns.Count);
        var bytes = new List<byte>();
        while (await reader.ReadAsync(batch, cancellationToken).ConfigureAwait(false))
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                encoder.Encode(batch, row);
                if (_rows.TryGetValue(RowTexts.HashOf(encoder.Row), out var found))
                {
                    bytes.Clear();
                    KeyCells.Write(batch, row, batch.ColumnCount, bytes);
                    See(found.Row, encoder.HashRow(), CollectionsMarshal.AsSpan(bytes));
                }
            }
        }
    }

    public KeyCells Read(FoundRow.Form form)
    {
        var bytes = new byte[form.Length];
        for (var read = 0; read < bytes.Length;)
        {
            var more = _file.Read(bytes.AsSpan(read), form.Offset + read);
            read += more > 0 ? more : throw new IOException("a file in which rows were put aside has lost its end");
        }

        return new KeyCells(bytes);
    }

    private void See(FoundRow row, UInt128 canonical, ReadOnlySpan<byte> bytes)
    {
        row.See(canonical);
        if (row.IsAmbiguous)
        {
            return;
        }

        var hash = RowHash.Of(bytes, 0);
        if (row.Forms.Find(form => form.Hash == hash) is { } known)
        {
            known.Copies++;
            return;
        }

        row.Forms.Add(new FoundRow.Form(hash, _file.Length, bytes.Length));
        _file.Append(bytes);
    }
}
