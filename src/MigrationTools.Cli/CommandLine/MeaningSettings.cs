using System.CommandLine;
using System.Globalization;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Partitions;
using MigrationTools.Engine;
using MigrationTools.Hosting;

namespace MigrationTools.Cli.CommandLine;

/// <summary>The options that decide what is compared with what, and what counts as a difference: those of a plan, and of a comparison without one.</summary>
internal sealed class MeaningSettings
{
    private readonly Option<string?> _where = OptionKinds.Text("--where", "sql", "Only rows that meet this condition, on both sides.");
    private readonly Option<string?> _targetWhere = OptionKinds.Text("--target-where", "sql", "Another condition for the target.");
    private readonly Option<string?> _sourceQuery = OptionKinds.Text("--source-query", "sql", "Compare this SELECT instead of tables; goes with --target-query.");
    private readonly Option<string?> _targetQuery = OptionKinds.Text("--target-query", "sql", "The target's SELECT.");
    private readonly Option<string[]> _key = OptionKinds.List("--key", "a,b", "Target columns that tell rows apart [default: the table's key].");
    private readonly Option<string[]> _excludeColumns = OptionKinds.List("--exclude-columns", "a,b", "Columns that are left out.");
    private readonly Option<string[]> _map = OptionKinds.List("--map", "old=new", "A table, or table.column, that has another name in the target.");
    private readonly Option<bool> _ignorePadding = OptionKinds.Switch("--ignore-padding", "Blanks at the end of texts do not count.");
    private readonly Option<bool> _ignoreCase = OptionKinds.Switch("--ignore-case", "Upper and lower case do not count.");
    private readonly Option<bool> _normalize = OptionKinds.Switch("--normalize", "Texts are compared in Unicode's normalization form C. Refused where .NET has no ICU.");
    private readonly Option<bool> _emptyAsNull = OptionKinds.Switch("--empty-as-null", "An empty text is NULL.");
    private readonly Option<string?> _floatTolerance = OptionKinds.Text("--float-tolerance", "n", "Floats this far apart are equal, relative to the larger and to 1: 1e-9.");
    private readonly Option<string?> _timeTolerance = OptionKinds.Text("--time-tolerance", "duration", "Times this far apart are equal: 0.001s.");
    private readonly Option<string?> _sample = OptionKinds.Text("--sample", "share", "Compare only a part, drawn at random: 1%. Never more than Inconclusive.");
    private readonly Option<string?> _settle = OptionKinds.Text("--settle", "duration", "Look at rows that differ again until they agree or stay, so long at most: 30s.");

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All =>
    [
        _where, _targetWhere, _sourceQuery, _targetQuery, _key, _excludeColumns, _map, _ignorePadding, _ignoreCase, _normalize, _emptyAsNull,
        _floatTolerance, _timeTolerance, _sample, _settle,
    ];

    /// <exception cref="InvalidRequestException">A value can't be understood.</exception>
    public ComparisonMeaning Meaning(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return new ComparisonMeaning
        {
            Text = new TextRules
            {
                IgnorePadding = parsed.GetValue(_ignorePadding),
                IgnoreCase = parsed.GetValue(_ignoreCase),
                Normalize = parsed.GetValue(_normalize),
                EmptyAsNull = parsed.GetValue(_emptyAsNull),
            },
            FloatTolerance = Tolerance(parsed.GetValue(_floatTolerance)),
            TimeTolerance = Duration("--time-tolerance", parsed.GetValue(_timeTolerance)) ?? TimeSpan.Zero,
            Sample = Share(parsed.GetValue(_sample)),
            Settle = Duration("--settle", parsed.GetValue(_settle)),
        };
    }

    public DataSelection Selection(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        var maps = OptionKinds.Parts(parsed.GetValue(_map)).Select(Pair).ToList();
        if (maps.GroupBy(map => map.Key, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidRequestException($"--map names '{twice.Key}' twice.");
        }

        var (tables, columns) = DataSelection.Divide(maps, columnsOnly: parsed.GetValue(_sourceQuery) is not null);
        return new DataSelection
        {
            Where = parsed.GetValue(_where),
            TargetWhere = parsed.GetValue(_targetWhere),
            SourceQuery = parsed.GetValue(_sourceQuery),
            TargetQuery = parsed.GetValue(_targetQuery),
            Key = OptionKinds.Parts(parsed.GetValue(_key)),
            ExcludeColumns = OptionKinds.Parts(parsed.GetValue(_excludeColumns)),
            TableMap = tables,
            ColumnMap = columns,
        };
    }

    public static TimeSpan? Duration(string option, string? text) =>
        text is null ? null : DurationText.Parse(text) ?? throw new InvalidRequestException($"{option} takes {DurationText.Expected}, not '{text}'.");

    private static double Tolerance(string? text) =>
        text is null ? 0
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 && double.IsFinite(value) ? value
        : throw new InvalidRequestException($"--float-tolerance takes a number above 0 such as 1e-9, not '{text}'.");

    private static double? Share(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var percent = text.EndsWith('%');
        return double.TryParse(percent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && (percent ? value / 100 : value) is > 0 and < 1 and var share
            ? share
            : throw new InvalidRequestException($"--sample takes a share between 0 and 1, or a percentage such as 1%, not '{text}'.");
    }

    private static KeyValuePair<string, string> Pair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals < text.Length - 1
            ? KeyValuePair.Create(text[..equals], text[(equals + 1)..])
            : throw new InvalidRequestException($"--map '{text}': write old=new, as in --map users=customers or --map users.name=full_name.");
    }
}
