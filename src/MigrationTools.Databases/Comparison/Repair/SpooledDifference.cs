using System.Buffers.Binary;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>What a script needs of a difference: never its values, which are read again.</summary>
/// <param name="Count">Rows of it; more than one only where the table has no key.</param>
/// <param name="Columns">Places of the changed columns among the pair's.</param>
/// <param name="SourceKey">Null where the row is not on the source, or has no key.</param>
/// <param name="TargetKey">Null where the row is not on the target, or has no key.</param>
/// <param name="RowText">Of a row without a key: the hash of its columns' texts.</param>
internal sealed record SpooledDifference(long Count, int[] Columns, KeyCells? SourceKey, KeyCells? TargetKey, UInt128 RowText)
{
    public void Write(List<byte> into)
    {
        Span<byte> fixedPart = stackalloc byte[28];
        BinaryPrimitives.WriteInt64LittleEndian(fixedPart, Count);
        BinaryPrimitives.WriteUInt128LittleEndian(fixedPart[8..], RowText);
        BinaryPrimitives.WriteInt32LittleEndian(fixedPart[24..], Columns.Length);
        into.AddRange(fixedPart);
        foreach (var column in Columns)
        {
            WriteInt32(into, column);
        }

        WriteKey(into, SourceKey);
        WriteKey(into, TargetKey);
    }

    public static SpooledDifference Read(ReadOnlySpan<byte> bytes)
    {
        var count = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var text = BinaryPrimitives.ReadUInt128LittleEndian(bytes[8..]);
        var columns = new int[BinaryPrimitives.ReadInt32LittleEndian(bytes[24..])];
        bytes = bytes[28..];
        for (var index = 0; index < columns.Length; index++)
        {
            columns[index] = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            bytes = bytes[4..];
        }

        var source = ReadKey(ref bytes);
        return new SpooledDifference(count, columns, source, ReadKey(ref bytes), text);
    }

    private static void WriteKey(List<byte> into, KeyCells? key)
    {
        WriteInt32(into, key?.Bytes.Length ?? -1);
        into.AddRange(key is null ? [] : key.Bytes);
    }

    private static KeyCells? ReadKey(ref ReadOnlySpan<byte> bytes)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        bytes = bytes[4..];
        if (length < 0)
        {
            return null;
        }

        var key = new KeyCells(bytes[..length]);
        bytes = bytes[length..];
        return key;
    }

    private static void WriteInt32(List<byte> into, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        into.AddRange(bytes);
    }
}
