using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>What the hash of cells as they come tells apart.</summary>
public sealed class CellHashTests
{
    [Fact]
    public void Every_length_has_a_hash_of_its_own_and_every_byte_counts()
    {
        var seen = new HashSet<UInt128>();
        for (var length = 0; length <= 70; length++)
        {
            var bytes = new byte[length];
            seen.Add(Of((CellKind.Blob, bytes))).ShouldBeTrue($"{length} zeros");
            for (var index = 0; index < length; index++)
            {
                bytes[index] = 0x80;
                seen.Add(Of((CellKind.Blob, bytes))).ShouldBeTrue($"byte {index} of {length}");
                bytes[index] = 0;
            }
        }
    }

    [Fact]
    public void What_belongs_to_which_cell_counts() =>
        Of((CellKind.Text, "abcdefgh"u8.ToArray()), (CellKind.Text, "ij"u8.ToArray()))
            .ShouldNotBe(Of((CellKind.Text, "abcdefghi"u8.ToArray()), (CellKind.Text, "j"u8.ToArray())));

    [Fact]
    public void A_null_is_not_an_empty_text_and_a_text_is_not_a_blob()
    {
        var hash = new CellHash(7);
        hash.AddNull();
        hash.Value.ShouldNotBe(Of((CellKind.Text, [])));
        Of((CellKind.Text, [1])).ShouldNotBe(Of((CellKind.Blob, [1])));
    }

    [Fact]
    public void A_number_added_as_such_is_its_eight_bytes()
    {
        var hash = new CellHash(7);
        hash.Add(0x0102030405060708, CellHash.Mark(CellKind.Int64, 8));
        hash.Value.ShouldBe(Of((CellKind.Int64, [8, 7, 6, 5, 4, 3, 2, 1])));
    }

    private static UInt128 Of(params (CellKind Kind, byte[] Bytes)[] cells)
    {
        var hash = new CellHash(7);
        foreach (var (kind, bytes) in cells)
        {
            hash.Add(kind, bytes);
        }

        return hash.Value;
    }
}
