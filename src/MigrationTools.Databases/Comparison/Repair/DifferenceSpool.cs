using System.Buffers.Binary;
using MigrationTools.Databases.Comparison.Spooling;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>Differences of one kind of one table, put aside in blocks of a file that several of these share. Not thread-safe.</summary>
internal sealed class DifferenceSpool(Func<SpoolFile> file)
{
    private const int BlockBytes = 16 * 1024;

    private readonly List<(long Offset, int Length)> _blocks = [];
    private readonly List<byte> _open = [];

    public long Count { get; private set; }

    /// <summary>Places of the pair's columns that changed in some row.</summary>
    public SortedSet<int> ChangedColumns { get; } = [];

    public void Add(SpooledDifference difference)
    {
        Count++;
        ChangedColumns.UnionWith(difference.Columns);
        var start = _open.Count;
        _open.AddRange([0, 0, 0, 0]);
        difference.Write(_open);
        BinaryPrimitives.WriteInt32LittleEndian(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_open)[start..], _open.Count - start - 4);
        if (_open.Count >= BlockBytes)
        {
            Flush();
        }
    }

    /// <summary>All of them, in the order in which they came.</summary>
    public IEnumerable<SpooledDifference> Read()
    {
        if (_open.Count > 0)
        {
            Flush();
        }

        foreach (var (offset, length) in _blocks)
        {
            var block = new byte[length];
            for (var read = 0; read < length;)
            {
                var more = file().Read(block.AsSpan(read), offset + read);
                read += more > 0 ? more : throw new IOException("a file in which differences were put aside has lost its end");
            }

            for (var at = 0; at < length;)
            {
                var size = BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(at));
                yield return SpooledDifference.Read(block.AsSpan(at + 4, size));
                at += 4 + size;
            }
        }
    }

    private void Flush()
    {
        var target = file();
        _blocks.Add((target.Length, _open.Count));
        target.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_open));
        _open.Clear();
        _open.TrimExcess();
    }
}
