using System.Buffers.Binary;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison;

/// <summary>The cells of a row's key just as its side gave them, by which the row can be asked for again.</summary>
public sealed class KeyCells
{
    private readonly byte[] _bytes;

    internal KeyCells(ReadOnlySpan<byte> bytes) => _bytes = bytes.ToArray();

    /// <summary>Kind, length and bytes of each cell; equal exactly where all of these are.</summary>
    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Takes the first cells of a row.</summary>
    public static KeyCells Of(RowBatch batch, int row, int count)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var bytes = new List<byte>();
        Write(batch, row, count, bytes);
        return new KeyCells([.. bytes]);
    }

    /// <summary>Appends them as a row to a batch of as many columns.</summary>
    public void AppendTo(RowBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ReadOnlySpan<byte> rest = _bytes;
        while (!rest.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest[1..]);
            batch.Append((CellKind)rest[0], rest.Slice(5, length));
            rest = rest[(5 + length)..];
        }
    }

    /// <summary>Kind, length and bytes of each cell.</summary>
    internal static void Write(RowBatch batch, int row, int count, List<byte> into)
    {
        Span<byte> header = stackalloc byte[5];
        for (var column = 0; column < count; column++)
        {
            var cell = batch.BytesAt(row, column);
            header[0] = (byte)batch.KindAt(row, column);
            BinaryPrimitives.WriteInt32LittleEndian(header[1..], cell.Length);
            into.AddRange(header);
            into.AddRange(cell);
        }
    }
}
