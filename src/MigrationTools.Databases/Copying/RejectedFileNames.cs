using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MigrationTools.Databases.Mapping;

namespace MigrationTools.Databases.Copying;

/// <summary>Names of the files of rejected rows: the table's, as far as every file system takes it.</summary>
internal static class RejectedFileNames
{
    private const string Extension = ".rejected.jsonl";
    private const int MaxLength = 100;

    /// <summary>Path by target table.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyList<TablePair> pairs, string directory)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);

        // In order of name, so that a resumed copy gives the same file to the same table.
        foreach (var table in pairs.Select(pair => pair.TargetName).Order(StringComparer.Ordinal))
        {
            var name = Escape(table);
            if (name.Length > MaxLength || !taken.Add(name))
            {
                name = $"{name[..Math.Min(name.Length, MaxLength)]}-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(table)), 0, 8)}";
                taken.Add(name);
            }

            paths.Add(table, Path.Combine(directory, name + Extension));
        }

        return paths;
    }

    private static string Escape(string table)
    {
        var name = new StringBuilder();
        foreach (var letter in Encoding.UTF8.GetBytes(table))
        {
            // A dot in front would hide the file.
            var plain = char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_' or (byte)'-' || (letter == '.' && name.Length > 0);
            _ = plain ? name.Append((char)letter) : name.Append('%').Append(letter.ToString("X2", CultureInfo.InvariantCulture));
        }

        return name.ToString();
    }
}
