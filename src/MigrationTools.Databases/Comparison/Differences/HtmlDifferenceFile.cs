using System.Text;
using MigrationTools.Databases.Comparison.Spooling;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Reports.Html;
using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Databases.Comparison.Differences;

/// <summary>
/// A page to look at: a section a table, source beside target. The rows of a table may come between those of others, so they are put
/// aside as they come and written in the end, at most <see cref="MaxRows"/> a table; all are counted.
/// </summary>
internal sealed class HtmlDifferenceFile(string path, TimeProvider time) : DifferenceFile(path)
{
    /// <summary>Differences shown of a table.</summary>
    public const int MaxRows = 1000;

    /// <summary>Columns shown of a row.</summary>
    private const int MaxColumns = 60;

    private readonly Dictionary<(string Source, string Target), Section> _sections = [];
    private SpoolFile? _rows;

    private protected override void Write(TextWriter writer, TablePair pair, RowDifference difference)
    {
        var name = (pair.SourceName, pair.TargetName);
        if (!_sections.TryGetValue(name, out var section))
        {
            section = new Section(new DifferencePageTable(pair.SourceName, pair.TargetName));
            _sections.Add(name, section);
        }

        section.Table = Counted(section.Table, difference);
        if (section.Rows.Count == MaxRows)
        {
            return;
        }

        _rows ??= new SpoolFile(Path.GetDirectoryName(FilePath));
        var row = Encoding.UTF8.GetBytes(DifferencePage.Row(Shown(difference)));
        section.Rows.Add((_rows.Length, row.Length));
        _rows.Append(row);
    }

    private protected override void WriteEnd(TextWriter writer)
    {
        var sections = _sections.Values
            .OrderBy(section => section.Table.Target, StringComparer.Ordinal).ThenBy(section => section.Table.Source, StringComparer.Ordinal)
            .ToList();
        writer.Write(DifferencePage.Begin([.. sections.Select(section => section.WithListed)], time.GetUtcNow()));
        for (var index = 0; index < sections.Count; index++)
        {
            writer.Write(DifferencePage.BeginTable(sections[index].WithListed, index + 1));
            foreach (var (offset, length) in sections[index].Rows)
            {
                var row = new byte[length];
                _ = _rows!.Read(row, offset);
                writer.Write(Encoding.UTF8.GetString(row));
            }

            writer.Write(DifferencePage.EndTable(sections[index].WithListed));
        }

        writer.Write(DifferencePage.End());
    }

    private protected override void Release() => _rows?.Dispose();

    private static DifferencePageTable Counted(DifferencePageTable table, RowDifference difference) => difference.Kind switch
    {
        DifferenceKind.Missing => table with { Missing = table.Missing + difference.Count, Differences = table.Differences + 1 },
        DifferenceKind.Extra => table with { Extra = table.Extra + difference.Count, Differences = table.Differences + 1 },
        _ => table with { Changed = table.Changed + difference.Count, Differences = table.Differences + 1 },
    };

    private static ReportDifference Shown(RowDifference difference) => new()
    {
        Kind = difference.Kind.ToString(),
        Key = difference.Key.Take(MaxColumns).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
        Columns = [.. difference.Columns.Take(MaxColumns).Select(column => new ReportColumnDifference(column.Name, column.Source, column.Target))],
        ColumnsNotListed = Math.Max(0, difference.Key.Count - MaxColumns) + Math.Max(0, difference.Columns.Count - MaxColumns),
        Count = difference.Count,
    };

    private sealed class Section(DifferencePageTable table)
    {
        public DifferencePageTable Table { get; set; } = table;

        public List<(long Offset, int Length)> Rows { get; } = [];

        public DifferencePageTable WithListed => Table with { Listed = Rows.Count };
    }
}
