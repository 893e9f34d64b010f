using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Spooling;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Rows come out in order, however little memory there is, and nothing is left behind.</summary>
public sealed class RowSorterTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mt-sorter").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(1_000_000, 5_000)]
    [InlineData(20_000, 5_000)]
    [InlineData(1, 9_000)]
    public void Rows_come_out_in_the_order_of_their_keys(long memory, int count)
    {
        var random = new Random(7);
        var rows = Enumerable.Range(0, count).Select(_ => Row(random.NextInt64(-1000, 1000), random.Next(3))).ToList();
        using var sorter = new RowSorter(memory, _directory);
        rows.ForEach(row => sorter.Add(row.Bytes, row.KeyLength));
        var sorted = Drain(sorter.Finish());
        sorted.ShouldBe(rows.Select(row => (row.Key, row.Value)).Order());
        (sorter.SpooledBytes > 0).ShouldBe(memory < 1_000_000);
    }

    [Fact]
    public void Rows_larger_than_the_memory_and_the_buffers_pass_too()
    {
        using var sorter = new RowSorter(1000, _directory);
        for (var key = 9; key >= 0; key--)
        {
            var buffer = new CanonicalBuffer(0);
            buffer.WriteInt64(CanonicalTag.Integer, key);
            var keyLength = buffer.Length;
            for (var column = 0; column < 500; column++)
            {
                buffer.WriteVariable(CanonicalTag.Text, new byte[1000]);
            }

            sorter.Add(buffer.Bytes, keyLength);
        }

        var rows = sorter.Finish();
        for (var key = 0; key < 10; key++)
        {
            rows.Read().ShouldBeTrue();
            rows.Row.Length.ShouldBeGreaterThan(500_000);
            var row = rows.Row;
            CanonicalField.Take(ref row).ReadInt64().ShouldBe(key);
        }

        rows.Read().ShouldBeFalse();
    }

    [Fact]
    public void Spooled_rows_have_no_name_that_another_user_could_open()
    {
        using var sorter = new RowSorter(1, _directory);
        for (var key = 0; key < 100; key++)
        {
            var row = Row(key, 0);
            sorter.Add(row.Bytes, row.KeyLength);
        }

        sorter.SpooledBytes.ShouldBeGreaterThan(0);
        if (!OperatingSystem.IsWindows())
        {
            Directory.GetFiles(_directory).ShouldBeEmpty();
        }
    }

    private static (long Key, long Value, byte[] Bytes, int KeyLength) Row(long key, long value)
    {
        var buffer = new CanonicalBuffer(0);
        buffer.WriteInt64(CanonicalTag.Integer, key);
        var keyLength = buffer.Length;
        buffer.WriteInt64(CanonicalTag.Integer, value);
        return (key, value, buffer.Bytes.ToArray(), keyLength);
    }

    private static List<(long Key, long Value)> Drain(ISortedRows rows)
    {
        var all = new List<(long, long)>();
        while (rows.Read())
        {
            var row = rows.Row;
            all.Add((CanonicalField.Take(ref row).ReadInt64(), CanonicalField.Take(ref row).ReadInt64()));
        }

        return all;
    }
}
