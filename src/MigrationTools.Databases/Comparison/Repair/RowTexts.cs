using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MigrationTools.Databases.Comparison.Canonical;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>A row without a key, known by the texts that its difference shows: as a hash in which no text can pass for another or for NULL.</summary>
internal static class RowTexts
{
    public static UInt128 HashOf(IEnumerable<string?> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var text in texts)
        {
            var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32LittleEndian(length, text is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return BinaryPrimitives.ReadUInt128LittleEndian(hash.GetHashAndReset());
    }

    /// <summary>Of a row in canonical form, as a difference would show it.</summary>
    public static UInt128 HashOf(ReadOnlySpan<byte> row)
    {
        var texts = new List<string?>();
        while (!row.IsEmpty)
        {
            texts.Add(FieldText.Of(CanonicalField.Take(ref row)));
        }

        return HashOf(texts);
    }
}
