using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>Which columns of a pair of tables are compared, as what, and what must be said about it.</summary>
internal sealed record ComparisonLayout
{
    /// <summary>The key's columns first.</summary>
    public required IReadOnlyList<ComparedColumn> Columns { get; init; }

    /// <summary>How many of them are the key; 0 for a table that is compared as a multiset of rows.</summary>
    public required int KeyCount { get; init; }

    /// <summary>Columns that can't be compared make the table Inconclusive.</summary>
    public required bool Complete { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public static ComparisonLayout Of(TablePair pair) => Of(pair, new TextRules());

    /// <exception cref="InvalidRequestException">Texts are to be normalized, and this program can't.</exception>
    public static ComparisonLayout Of(TablePair pair, TextRules rules)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(rules);
        rules.Require();
        var notes = new List<string>();
        var compared = new Dictionary<string, ComparedColumn>(StringComparer.Ordinal);
        IReadOnlyList<ColumnPair> all = [.. pair.Columns, .. pair.Computed];
        foreach (var columns in all)
        {
            var meaning = ColumnMeanings.Of(columns, SourceServerType(pair, columns));
            if (meaning is null)
            {
                notes.Add($"column {columns.Target.Name}: not compared, for {columns.Source.Type.Kind} and {columns.Target.Type.Kind} have no common meaning");
                continue;
            }

            if (meaning.Note is not null)
            {
                notes.Add($"column {columns.Target.Name}: {meaning.Note}");
            }

            meaning = Refine(meaning, columns, rules) with { BlobsApart = columns.Target.HoldsAnyType && SourceColumn(pair, columns) is { HoldsAnyType: true } };
            var source = columns.Source with { AsText = columns.Source.AsText || meaning.SourceAsText };
            var target = new ReadColumn(columns.Target.Name, columns.Target.Type) { AsText = meaning.TargetAsText };
            compared.Add(columns.Target.Name, new ComparedColumn(columns.Target.Name, source, target, meaning));
        }

        var complete = compared.Count == all.Count;
        var key = pair.Key.All(compared.ContainsKey) ? pair.Key : [];
        if (key.Count < pair.Key.Count)
        {
            notes.Add("the key can't be compared whole; rows are compared as a multiset over the other columns");
        }

        NoteRules(rules, notes);
        NoteUncompared(pair, notes);
        return new ComparisonLayout
        {
            Columns = [.. key.Select(name => compared[name]), .. compared.Values.Where(column => !key.Contains(column.Name))],
            KeyCount = key.Count,
            Complete = complete,
            Notes = notes,
        };
    }

    public RowQuery SourceQuery(TablePair pair) => pair.SourceQuery() with { Columns = [.. Columns.Select(column => column.Source)] };

    public RowQuery TargetQuery(TablePair pair) => pair.TargetQuery() with { Columns = [.. Columns.Select(column => column.Target)] };

    public RowEncoder SourceEncoder(ulong seed) => Encoder(column => column.Source, seed);

    public RowEncoder TargetEncoder(ulong seed) => Encoder(column => column.Target, seed);

    /// <summary>Encoders that write every value whole, for the text of a row.</summary>
    public RowEncoder SourceTextEncoder() => Encoder(column => column.Source, 0, int.MaxValue);

    public RowEncoder TargetTextEncoder() => Encoder(column => column.Target, 0, int.MaxValue);

    private RowEncoder Encoder(Func<ComparedColumn, ReadColumn> side, ulong seed, int longLength = CanonicalBuffer.LongLength) =>
        new([.. Columns.Select(column => new FieldEncoder(column.Meaning, side(column).Type))], KeyCount, seed, longLength);

    private static ColumnMeaning Refine(ColumnMeaning meaning, ColumnPair columns, TextRules rules)
    {
        static bool IsFloat(LogicalType type) => type.Kind is LogicalKind.Float32 or LogicalKind.Float64;
        var refined = meaning with { HasFloats = IsFloat(columns.Source.Type) || IsFloat(columns.Target.Type) };
        return meaning.Kind is LogicalKind.Text or LogicalKind.Dynamic
            ? refined with { WithoutPadding = meaning.WithoutPadding || rules.IgnorePadding, Text = rules }
            : refined;
    }

    private static void NoteRules(TextRules rules, List<string> notes)
    {
        var ignored = new List<string>();
        Add(rules.IgnorePadding, "blanks at their end");
        Add(rules.IgnoreCase, "case");
        Add(rules.Normalize, "how accents are composed");
        Add(rules.EmptyAsNull, "whether empty or NULL");
        if (ignored.Count > 0)
        {
            notes.Add($"of texts it was left out, as asked for: {string.Join(", ", ignored)}");
        }

        void Add(bool rule, string text)
        {
            if (rule)
            {
                ignored.Add(text);
            }
        }
    }

    private static string? SourceServerType(TablePair pair, ColumnPair columns) => SourceColumn(pair, columns)?.ServerType;

    private static ColumnSchema? SourceColumn(TablePair pair, ColumnPair columns) =>
        columns.Source.Expression is null ? pair.Source?.FindColumn(columns.Source.Name) : null;

    private static void NoteUncompared(TablePair pair, List<string> notes)
    {
        if (pair.DroppedColumns.Count > 0)
        {
            notes.Add($"source columns that nothing takes, not compared: {string.Join(", ", pair.DroppedColumns)}");
        }

        var taken = pair.Columns.Concat(pair.Computed).Select(columns => columns.Target.Name).ToHashSet(StringComparer.Ordinal);
        var others = pair.Target.Columns.Where(column => !taken.Contains(column.Name)).Select(column => column.Name).ToList();
        if (others.Count > 0)
        {
            notes.Add($"target columns without a source, not compared: {string.Join(", ", others)}");
        }
    }
}
