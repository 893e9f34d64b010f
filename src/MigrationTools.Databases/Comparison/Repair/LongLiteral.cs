using System.Text;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>How a long value is written as SQL, a piece at a time.</summary>
/// <param name="before">What begins it.</param>
/// <param name="piece">Writes some of its bytes, of which the last may be a part of a character.</param>
/// <param name="after">What ends it.</param>
/// <param name="length">Of all of it in bytes, about.</param>
internal sealed class LongLiteral(string before, Func<LongLiteral.PieceWriter> piece, string after, long length)
{
    /// <summary>From so many bytes on, a value is long.</summary>
    public const int Least = 1024 * 1024;

    private const int PieceBytes = 16 * 1024;

    /// <param name="text">Where to.</param>
    /// <param name="bytes">Some bytes of the value; they go on where the last ended.</param>
    internal delegate void PieceWriter(TextWriter text, ReadOnlySpan<byte> bytes);

    /// <param name="written">Where to.</param>
    /// <param name="characters">Whole characters.</param>
    internal delegate void CharacterWriter(TextWriter written, ReadOnlySpan<char> characters);

    public long Length => length;

    /// <summary>Bytes as two hexadecimal digits each.</summary>
    public static LongLiteral OfHex(string before, ReadOnlySpan<byte> cell, string after) =>
        new(before, HexWriter, after, (cell.Length * 2L) + before.Length + after.Length);

    /// <summary>UTF-8 as its characters.</summary>
    /// <param name="before">What begins it.</param>
    /// <param name="write">Escapes and writes some of them.</param>
    /// <param name="after">What ends it.</param>
    /// <param name="length">Of the SQL.</param>
    public static LongLiteral OfText(string before, CharacterWriter write, string after, long length) => new(before, () =>
    {
        var (decoder, characters) = (Encoding.UTF8.GetDecoder(), new char[PieceBytes + 1]);
        return (text, bytes) => write(text, characters.AsSpan(0, decoder.GetChars(bytes, characters, flush: false)));
    }, after, length);

    /// <summary>Writes bytes as hexadecimal digits, of pieces of any length.</summary>
    public static PieceWriter HexWriter()
    {
        var digits = new char[PieceBytes * 2];
        return (text, bytes) =>
        {
            for (; !bytes.IsEmpty; bytes = bytes[Math.Min(bytes.Length, PieceBytes)..])
            {
                var written = 0;
                foreach (var value in bytes[..Math.Min(bytes.Length, PieceBytes)])
                {
                    digits[written++] = Digit(value >> 4);
                    digits[written++] = Digit(value & 15);
                }

                text.Write(digits.AsSpan(0, written));
            }
        };
    }

    /// <summary>Text with its quotes doubled.</summary>
    public static void WriteQuoted(TextWriter text, ReadOnlySpan<char> characters)
    {
        for (var quote = characters.IndexOf('\''); quote >= 0; quote = characters.IndexOf('\''))
        {
            text.Write(characters[..(quote + 1)]);
            text.Write('\'');
            characters = characters[(quote + 1)..];
        }

        text.Write(characters);
    }

    public void Write(TextWriter text, ReadOnlySpan<byte> cell)
    {
        text.Write(before);
        var write = piece();
        for (; !cell.IsEmpty; cell = cell[Math.Min(cell.Length, PieceBytes)..])
        {
            write(text, cell[..Math.Min(cell.Length, PieceBytes)]);
        }

        text.Write(after);
    }

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'a' + value - 10);
}
