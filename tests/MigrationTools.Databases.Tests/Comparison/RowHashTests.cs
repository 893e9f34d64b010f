using System.Buffers.Binary;
using System.Text;
using MigrationTools.Databases.Comparison.Canonical;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>The hash is the published MurmurHash3_x64_128.</summary>
public sealed class RowHashTests
{
    /// <summary>SMHasher's own check (KeysetTest.cpp, VerificationTest) and its value for this hash (main.cpp).</summary>
    [Fact]
    public void It_has_the_published_verification_value()
    {
        var key = new byte[256];
        var hashes = new byte[256 * 16];
        for (var length = 0; length < 256; length++)
        {
            key[length] = (byte)length;
            BinaryPrimitives.WriteUInt128LittleEndian(hashes.AsSpan(length * 16), RowHash.Of(key.AsSpan(0, length), (ulong)(256 - length)));
        }

        ((uint)(ulong)RowHash.Of(hashes, 0)).ShouldBe(0x6384BA69u);
    }

    [Theory]
    [InlineData("", 0ul, 0ul)]
    [InlineData("hello", 0xcbd8a7b341bd9b02ul, 0x5b1e906a48ae1d19ul)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0xe34bbc7bbc071b6cul, 0x7a433ca9c49a9347ul)]
    public void It_has_the_known_values_of_texts(string text, ulong first, ulong second) =>
        RowHash.Of(Encoding.ASCII.GetBytes(text), 0).ShouldBe(new UInt128(second, first));

    [Fact]
    public void The_seed_s_upper_half_counts() =>
        RowHash.Of("hello"u8, 1UL << 40).ShouldNotBe(RowHash.Of("hello"u8, 0));
}
