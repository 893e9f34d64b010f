using System.Runtime.InteropServices;
using MigrationTools.Databases.Comparison.Spooling;

namespace MigrationTools.Databases.Comparison;

/// <summary>
/// The differences of a table, held back until its comparison has ended, so that one that is begun anew or stopped has told nothing. Much is put aside in a
/// file. Not thread-safe.
/// </summary>
/// <param name="directory">Where what is too much for memory is put aside; null for the system's temporary directory.</param>
/// <param name="most">How many are kept; all are counted.</param>
internal sealed class HeldDifferences(string? directory, long most) : IDisposable
{
    private const int BlockBytes = 1024 * 1024;

    private readonly List<(long Offset, int Length)> _blocks = [];
    private readonly MemoryStream _open = new();
    private SpoolFile? _file;

    public long Count { get; private set; }

    /// <summary>Some have NULL in their key.</summary>
    public bool HaveNullKeys { get; private set; }

    public void Add(RowDifference difference)
    {
        HaveNullKeys |= difference.Key.Values.Contains(null);
        if (Count++ >= most)
        {
            return;
        }

        using (var writer = new BinaryWriter(_open, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            Write(writer, difference);
        }

        if (_open.Length >= BlockBytes)
        {
            _file ??= new SpoolFile(directory);
            _blocks.Add((_file.Length, (int)_open.Length));
            _file.Append(_open.GetBuffer().AsSpan(0, (int)_open.Length));
            _open.SetLength(0);
        }
    }

    /// <summary>Those that are kept, in the order in which they came.</summary>
    public IEnumerable<RowDifference> Read()
    {
        foreach (var (offset, length) in _blocks)
        {
            var block = new byte[length];
            for (var read = 0; read < length;)
            {
                var more = _file!.Read(block.AsSpan(read), offset + read);
                read += more > 0 ? more : throw new IOException("a file in which differences were put aside has lost its end");
            }

            foreach (var difference in Read(block))
            {
                yield return difference;
            }
        }

        foreach (var difference in Read(_open.ToArray()))
        {
            yield return difference;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _open.Dispose();
    }

    private static IEnumerable<RowDifference> Read(byte[] block)
    {
        using var reader = new BinaryReader(new MemoryStream(block));
        while (reader.BaseStream.Position < block.Length)
        {
            yield return Read(reader);
        }
    }

    private static void Write(BinaryWriter writer, RowDifference difference)
    {
        writer.Write((byte)difference.Kind);
        writer.Write(difference.Count);
        writer.Write((ulong)(difference.Fingerprint >> 64));
        writer.Write((ulong)difference.Fingerprint);
        WriteBytes(writer, difference.CanonicalKey);
        WriteKey(writer, difference.SourceKey);
        WriteKey(writer, difference.TargetKey);
        writer.Write7BitEncodedInt(difference.Key.Count);
        foreach (var (name, value) in difference.Key)
        {
            WriteText(writer, name);
            WriteText(writer, value);
            writer.Write(difference.NumberColumns.Contains(name));
        }

        writer.Write7BitEncodedInt(difference.Columns.Count);
        foreach (var column in difference.Columns)
        {
            WriteText(writer, column.Name);
            WriteText(writer, column.Source);
            WriteText(writer, column.Target);
        }
    }

    private static RowDifference Read(BinaryReader reader)
    {
        var (kind, count) = ((DifferenceKind)reader.ReadByte(), reader.ReadInt64());
        var fingerprint = new UInt128(reader.ReadUInt64(), reader.ReadUInt64());
        var canonical = ReadBytes(reader)!;
        var (source, target) = (ReadBytes(reader), ReadBytes(reader));
        var (key, numbers) = (new Dictionary<string, string?>(StringComparer.Ordinal), new List<string>());
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var name = ReadText(reader)!;
            key.Add(name, ReadText(reader));
            if (reader.ReadBoolean())
            {
                numbers.Add(name);
            }
        }

        var columns = new List<ColumnDifference>();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            columns.Add(new ColumnDifference(ReadText(reader)!, ReadText(reader), ReadText(reader)));
        }

        return new RowDifference
        {
            Kind = kind,
            Count = count,
            Fingerprint = fingerprint,
            CanonicalKey = canonical,
            SourceKey = source is null ? null : new KeyCells(source),
            TargetKey = target is null ? null : new KeyCells(target),
            Key = key,
            NumberColumns = numbers,
            Columns = columns,
        };
    }

    private static void WriteKey(BinaryWriter writer, KeyCells? key)
    {
        writer.Write7BitEncodedInt((key?.Bytes.Length ?? -1) + 1);
        writer.Write(key is null ? [] : key.Bytes);
    }

    // As it is in memory, not as UTF-8: a long value that was cut may end in half a pair.
    private static void WriteText(BinaryWriter writer, string? text)
    {
        var bytes = MemoryMarshal.AsBytes(text.AsSpan());
        writer.Write7BitEncodedInt(text is null ? 0 : bytes.Length + 1);
        writer.Write(bytes);
    }

    private static void WriteBytes(BinaryWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.Write7BitEncodedInt(bytes.Length + 1);
        writer.Write(bytes);
    }

    private static byte[]? ReadBytes(BinaryReader reader) => reader.Read7BitEncodedInt() is > 0 and var length ? reader.ReadBytes(length - 1) : null;

    private static string? ReadText(BinaryReader reader) => ReadBytes(reader) is { } bytes ? new string(MemoryMarshal.Cast<byte, char>(bytes)) : null;
}
