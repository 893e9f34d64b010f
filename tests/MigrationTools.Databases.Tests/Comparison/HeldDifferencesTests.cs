using MigrationTools.Databases.Comparison;

namespace MigrationTools.Databases.Tests.Comparison;

public sealed class HeldDifferencesTests
{
    [Fact]
    public void What_is_held_back_comes_as_it_went_in_also_from_a_file()
    {
        var all = Enumerable.Range(0, 3000).Select(Difference).ToList();
        using var held = new HeldDifferences(null, long.MaxValue);
        all.ForEach(held.Add);
        var read = held.Read().ToList();
        held.Count.ShouldBe(3000);
        read.Select(Tell).ShouldBe(all.Select(Tell));
        held.Read().Count().ShouldBe(3000, "it can be read again");
    }

    [Fact]
    public void All_are_counted_and_only_so_many_kept()
    {
        using var held = new HeldDifferences(null, 2);
        Enumerable.Range(0, 5).Select(Difference).ToList().ForEach(held.Add);
        held.Count.ShouldBe(5);
        held.Read().Select(difference => difference.Key["id"]).ShouldBe(["0", "1"]);
    }

    // Null, empty and half of a surrogate pair are three texts; 1 KB each, so that 3,000 are more than is held in memory.
    private static RowDifference Difference(int index) => new()
    {
        Kind = (DifferenceKind)(index % 3),
        Key = new Dictionary<string, string?> { ["id"] = $"{index}", ["name"] = (index % 4) switch { 0 => null, 1 => "", 2 => "\ud83d", _ => "ü" } },
        NumberColumns = index % 2 == 0 ? ["id"] : [],
        Columns = index % 3 == 2 ? [new ColumnDifference("total", null, ""), new ColumnDifference("text", new string('x', 1000), "\ude00")] : [],
        SourceKey = index % 3 == 1 ? null : new KeyCells([1, 2, 3]),
        TargetKey = index % 3 == 0 ? null : new KeyCells([]),
        CanonicalKey = [(byte)index],
        Fingerprint = new UInt128((ulong)index, ulong.MaxValue),
        Count = index,
    };

    private static string Tell(RowDifference difference) => string.Join(
        '|',
        difference.Kind,
        difference.Count,
        difference.Fingerprint,
        Convert.ToHexString(difference.CanonicalKey),
        Tell(difference.SourceKey),
        Tell(difference.TargetKey),
        string.Join(',', difference.Key.Select(pair => $"{pair.Key}={Tell(pair.Value)}")),
        string.Join(',', difference.NumberColumns),
        string.Join(',', difference.Columns.Select(column => $"{column.Name}:{Tell(column.Source)}:{Tell(column.Target)}")));

    private static string Tell(KeyCells? key) => key is null ? "none" : Convert.ToHexString(key.Bytes);

    private static string Tell(string? text) => text is null ? "NULL" : string.Concat(text.Select(character => $"{(int)character:x4}"));
}
