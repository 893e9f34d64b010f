using System.Text;

namespace MigrationTools.Engine.Metrics.Windows.LoadTests;

/// <summary>Records of comma-separated values with quotes (RFC 4180); one may span lines.</summary>
internal static class CsvLine
{
    /// <summary>The next record's values; null at the end.</summary>
    public static async Task<List<string>?> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var line = await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        if (line is null)
        {
            return null;
        }

        while (line.Count(character => character == '"') % 2 == 1 && await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } more)
        {
            line = $"{line}\n{more}";
        }

        return Split(line);
    }

    private static List<string> Split(string line)
    {
        var values = new List<string>();
        var value = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < line.Length; at++)
        {
            var character = line[at];
            if (character == '"' && quoted && at + 1 < line.Length && line[at + 1] == '"')
            {
                value.Append('"');
                at++;
            }
            else if (character == '"')
            {
                quoted = !quoted;
            }
            else if (character == ',' && !quoted)
            {
                values.Add(value.ToString());
                value.Clear();
            }
            else
            {
                value.Append(character);
            }
        }

        values.Add(value.ToString());
        return values;
    }
}
