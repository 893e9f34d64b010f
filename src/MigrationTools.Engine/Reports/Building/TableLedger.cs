using System.Text.Json;
using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Building;

/// <summary>Brings together what the counting, the copying and the comparing of a table wrote, each in its own step.</summary>
internal sealed class TableLedger
{
    private readonly List<ReportTable> _tables = [];
    private readonly Dictionary<(string System, string Source, string Target), int> _places = [];
    private int _listed;

    public IReadOnlyList<ReportTable> Tables => _tables;

    /// <summary>Takes a step's data in.</summary>
    public void Add(string system, JsonElement data)
    {
        foreach (var item in data.Objects("tables"))
        {
            Change(system, item, table => Copied(table, item));
        }

        if (data.Object("comparison") is { } comparison)
        {
            foreach (var item in comparison.Objects("tables"))
            {
                Change(system, item, table => Compared(table, item));
            }
        }

        foreach (var item in data.Objects("counts"))
        {
            Change(system, item, table => Counted(table, item));
        }
    }

    private static ReportTable Copied(ReportTable table, JsonElement item)
    {
        var rows = item.Whole("rows");
        var resumed = item.Whole("resumedRows");
        var milliseconds = item.Milliseconds("duration");
        var moved = rows - (resumed ?? 0);
        return table with
        {
            RowsCopied = rows,
            ResumedRows = resumed,
            Rejected = item.Whole("rejected"),
            RejectedFile = item.Text("rejectedFile"),
            Bytes = item.Whole("bytes"),
            CopyMs = milliseconds,
            RowsPerSecond = moved > 0 && milliseconds > 0 ? moved.Value * 1000.0 / milliseconds.Value : null,
        };
    }

    private ReportTable Compared(ReportTable table, JsonElement item)
    {
        // A later comparison of the same table (a resumed run) stands for the earlier one.
        _listed -= table.Differences.Count;
        var room = Math.Min(ReportLimits.DifferencesATable, ReportLimits.Differences - _listed);
        var listed = item.Objects("differences").Take(room).Select(Difference).ToList();
        _listed += listed.Count;
        var compared = table with
        {
            Verdict = item.Verdict("verdict"),
            Method = item.Text("method"),
            SourceRows = item.Whole("sourceRows") ?? table.SourceRows,
            TargetRows = item.Whole("targetRows") ?? table.TargetRows,
            Missing = item.Whole("missing"),
            Extra = item.Whole("extra"),
            Changed = item.Whole("changed"),
            CompareMs = item.Whole("durationMs"),
            Notes = Notes(table, item),
            Differences = listed,
        };
        return compared with { DifferencesNotListed = Math.Max(0, (compared.DifferingRows ?? 0) - listed.Sum(difference => difference.Count)) };
    }

    private static ReportTable Counted(ReportTable table, JsonElement item) => table with
    {
        CountVerdict = item.Verdict("verdict"),
        SourceRows = table.SourceRows ?? item.Whole("sourceRows"),
        TargetRows = table.TargetRows ?? item.Whole("targetRows"),
        Notes = Notes(table, item),
    };

    private static List<string> Notes(ReportTable table, JsonElement item) =>
        [.. table.Notes.Concat(item.Texts("notes").Select(note => ReportText.Message(note))).Distinct(StringComparer.Ordinal)];

    private static ReportDifference Difference(JsonElement item)
    {
        var key = item.Object("key") is { } columns ? columns.Scalars().ToList() : [];
        var changed = item.Objects("columns").ToList();
        return new ReportDifference
        {
            Kind = item.Text("kind") ?? "Unknown",
            Key = key.Take(ReportLimits.ColumnsADifference).ToDictionary(pair => pair.Key, pair => ReportText.Value(pair.Value), StringComparer.Ordinal),
            Columns = [.. changed.Take(ReportLimits.ColumnsADifference).Select(column => new ReportColumnDifference(
                column.Text("name") ?? "", ReportText.Value(column.Text("source")), ReportText.Value(column.Text("target"))))],
            ColumnsNotListed = Math.Max(0, key.Count - ReportLimits.ColumnsADifference) + Math.Max(0, changed.Count - ReportLimits.ColumnsADifference),
            Count = item.Whole("count") ?? 1,
        };
    }

    private void Change(string system, JsonElement item, Func<ReportTable, ReportTable> change)
    {
        var target = item.Text("target") ?? item.Text("source");
        if (target is null)
        {
            return;
        }

        var source = item.Text("source") ?? target;
        if (!_places.TryGetValue((system, source, target), out var place))
        {
            place = _tables.Count;
            _places.Add((system, source, target), place);
            _tables.Add(new ReportTable { System = system, Source = source, Target = target });
        }

        _tables[place] = change(_tables[place]);
    }
}
