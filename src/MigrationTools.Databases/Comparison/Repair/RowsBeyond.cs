using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>
/// Looks for rows of one side on the other, without the conditions by which the two were compared: a row that meets its condition on one side only is
/// neither missing nor extra.
/// </summary>
/// <param name="rows">The other side's rows, all of them.</param>
/// <param name="converters">Of each column of the key, to the other side's type; null where it takes the value as it is.</param>
internal sealed class RowsBeyond(KeyedRows rows, IReadOnlyList<CellConverter?> converters)
{
    /// <summary>Those of the keys that the other side has, or that it can't be asked for.</summary>
    public async Task<HashSet<KeyCells>> FindAsync(IReadOnlyList<KeyCells> keys, CancellationToken cancellationToken)
    {
        var found = new HashSet<KeyCells>(KeyCellsComparer.Instance);
        var asked = new List<(KeyCells Own, KeyCells Other)>();
        foreach (var key in keys)
        {
            if (Translate(key) is { } other)
            {
                asked.Add((key, other));
            }
            else
            {
                _ = found.Add(key);
            }
        }

        // The other side may give a key in another form. Mostly it has none of them, which one question tells.
        if (await HasAnyAsync(asked.Select(item => item.Other), cancellationToken).ConfigureAwait(false))
        {
            foreach (var (own, other) in asked)
            {
                if (await HasAnyAsync([other], cancellationToken).ConfigureAwait(false))
                {
                    _ = found.Add(own);
                }
            }
        }

        return found;
    }

    private async Task<bool> HasAnyAsync(IEnumerable<KeyCells> keys, CancellationToken cancellationToken)
    {
        await foreach (var _ in rows.ReadAsync([.. keys], cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        return false;
    }

    private KeyCells? Translate(KeyCells key)
    {
        var (own, other) = (new RowBatch(converters.Count, 256), new RowBatch(converters.Count, 256));
        key.AppendTo(own);
        for (var place = 0; place < converters.Count; place++)
        {
            if (converters[place] is not { } converter)
            {
                other.Append(own.KindAt(0, place), own.BytesAt(0, place));
            }
            else if (converter.Convert(own.KindAt(0, place), own.BytesAt(0, place), other) is not null)
            {
                return null;
            }
        }

        return KeyCells.Of(other, 0, converters.Count);
    }
}
