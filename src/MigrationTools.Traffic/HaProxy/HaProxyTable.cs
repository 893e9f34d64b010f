using System.Globalization;

namespace MigrationTools.Traffic.HaProxy;

/// <summary>A table of HAProxy's: a line of column names after "# ", then rows. Columns come and go between releases, so they are found by name.</summary>
internal sealed class HaProxyTable
{
    private readonly Dictionary<string, int> _columns;

    private HaProxyTable(Dictionary<string, int> columns, IReadOnlyList<string[]> rows)
    {
        _columns = columns;
        Rows = rows;
    }

    public IReadOnlyList<string[]> Rows { get; }

    /// <summary>Reads the answer to "show stat"; null where it is none.</summary>
    public static HaProxyTable? Statistics(string answer) => Read(answer.Split('\n'), SplitCsv, "pxname", "svname", "type", "status");

    /// <summary>Reads the answer to "show servers state", whose first line is the format's version; null where it is none.</summary>
    public static HaProxyTable? ServerStates(string answer)
    {
        var lines = answer.Split('\n');
        return lines[0].Trim() == "1" ? Read(lines.Skip(1), line => line.Split(' '), "be_name", "srv_name", "srv_op_state", "srv_admin_state", "srv_uweight") : null;
    }

    public string Text(string[] row, string column) => _columns.TryGetValue(column, out var index) && index < row.Length ? row[index] : string.Empty;

    /// <summary>Null where the field is empty, missing or no number.</summary>
    public long? Number(string[] row, string column) =>
        long.TryParse(Text(row, column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static HaProxyTable? Read(IEnumerable<string> lines, Func<string, string[]> split, params string[] needed)
    {
        var all = lines.Select(line => line.TrimEnd('\r')).Where(line => line.Trim().Length > 0).ToList();
        if (all.Count == 0 || !all[0].StartsWith("# ", StringComparison.Ordinal))
        {
            return null;
        }

        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, index) in split(all[0][2..]).Select((name, index) => (name, index)))
        {
            columns.TryAdd(name, index);
        }

        // A row that is cut short is an answer that was cut short.
        var fewest = needed.Max(name => columns.GetValueOrDefault(name, int.MaxValue - 1)) + 1;
        var rows = all.Skip(1).Select(split).ToList();
        return rows.TrueForAll(row => row.Length >= fewest) ? new HaProxyTable(columns, rows) : null;
    }

    /// <summary>Fields may stand in quotes, and a quote in them is doubled (RFC 4180); no field holds a line break.</summary>
    private static string[] SplitCsv(string line)
    {
        var fields = new List<string>();
        var field = new System.Text.StringBuilder();
        var quoted = false;
        foreach (var character in line)
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (character == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(character);
            }
        }

        fields.Add(field.ToString());
        return [.. fields];
    }
}
