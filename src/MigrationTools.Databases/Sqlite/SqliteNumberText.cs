using System.Globalization;
using System.Text;

namespace MigrationTools.Databases.Sqlite;

/// <summary>Tells what numeric affinity makes of text (sqlite.org/datatype3.html, 3; sqlite3AtoF and sqlite3Atoi64 of its util.c).</summary>
internal static class SqliteNumberText
{
    /// <summary>Whether SQLite takes the whole text for a decimal number, blanks around it allowed.</summary>
    public static bool LooksLikeNumber(ReadOnlySpan<byte> text)
    {
        var rest = text.Trim(" \t\n\v\f\r"u8);
        if (!rest.IsEmpty && rest[0] is (byte)'+' or (byte)'-')
        {
            rest = rest[1..];
        }

        var whole = Digits(ref rest);
        var fraction = 0;
        if (!rest.IsEmpty && rest[0] == '.')
        {
            rest = rest[1..];
            fraction = Digits(ref rest);
        }

        if (whole + fraction == 0)
        {
            return false;
        }

        if (!rest.IsEmpty && rest[0] is (byte)'e' or (byte)'E')
        {
            rest = rest[1..];
            if (!rest.IsEmpty && rest[0] is (byte)'+' or (byte)'-')
            {
                rest = rest[1..];
            }

            if (Digits(ref rest) == 0)
            {
                return false;
            }
        }

        return rest.IsEmpty;
    }

    /// <summary>Whether the number that the text becomes is written the very same.</summary>
    public static bool SurvivesAsNumber(ReadOnlySpan<byte> text, SqliteAffinity affinity)
    {
        var written = Encoding.UTF8.GetString(text);
        if (long.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return affinity != SqliteAffinity.Real && whole.ToString(CultureInfo.InvariantCulture) == written;
        }

        return double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number != Math.Floor(number)
            && number.ToString("R", CultureInfo.InvariantCulture) == written;
    }

    private static int Digits(ref ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (count < text.Length && text[count] is >= (byte)'0' and <= (byte)'9')
        {
            count++;
        }

        text = text[count..];
        return count;
    }
}
