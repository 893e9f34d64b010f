using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Spooling;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>What is known of one table's differences, and what of them is left out.</summary>
internal sealed class RepairTable
{
    private readonly SortedDictionary<string, long> _leftOut = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _columns;

    public RepairTable(TablePair pair, TextRules rules, Func<SpoolFile> file)
    {
        // Differences of every part are repaired alike.
        Pair = pair with { Part = null };
        Layout = ComparisonLayout.Of(Pair, rules);
        Table = pair.Target;
        _columns = pair.Columns.Select((column, place) => (column.Target.Name, place)).ToDictionary(item => item.Name, item => item.place, StringComparer.Ordinal);
        (Missing, Extra, Changed) = (new DifferenceSpool(file), new DifferenceSpool(file), new DifferenceSpool(file));
        (MissingCopies, ExtraCopies) = (new DifferenceSpool(file), new DifferenceSpool(file));
    }

    public TablePair Pair { get; }

    public ComparisonLayout Layout { get; }

    /// <summary>The target's table as its schema has it when the script is written.</summary>
    public TableSchema Table { get; set; }

    /// <summary>What a row of the target must meet, besides its key or values, for a statement to change it: the condition under which it was compared. It may end in a comment.</summary>
    public IEnumerable<string> Selection => Pair.TargetWhere is { } where ? [$"(\n{where}\n)"] : [];

    public DifferenceSpool Missing { get; }

    public DifferenceSpool Extra { get; }

    public DifferenceSpool Changed { get; }

    /// <summary>Rows without a key.</summary>
    public DifferenceSpool MissingCopies { get; }

    public DifferenceSpool ExtraCopies { get; }

    /// <summary>Under which the long values of rows without a key are known.</summary>
    public ulong Seed { get; private set; }

    public bool HasDeletes => Extra.Count + ExtraCopies.Count > 0;

    public bool HasInserts => Missing.Count + MissingCopies.Count > 0;

    public long Inserts { get; set; }

    public long Updates { get; set; }

    public long Deletes { get; set; }

    public long LeftOut => _leftOut.Values.Sum();

    /// <summary>Reasons with the number of differences that are left out for them.</summary>
    public IReadOnlyDictionary<string, long> Reasons => _leftOut;

    public long All => Missing.Count + Extra.Count + Changed.Count + MissingCopies.Count + ExtraCopies.Count;

    public IEnumerable<string> ChangedColumns => Changed.ChangedColumns.Select(place => Pair.Columns[place].Target.Name);

    public void Add(RowDifference difference)
    {
        var isSingle = difference.Count == 1;
        var isOneSided = difference.Kind != DifferenceKind.Changed;
        if (Pair.Key.Count > 0 && Layout.KeyCount > 0)
        {
            // What the target computes is in no statement.
            var columns = difference.Columns.Where(column => _columns.ContainsKey(column.Name)).Select(column => _columns[column.Name]).ToArray();
            if (difference.Kind == DifferenceKind.Changed && columns.Length == 0)
            {
                LeaveOut("only what the target computes itself differs", difference.Count);
                return;
            }

            if (HasKeys(difference) && isSingle)
            {
                SpoolOf(difference.Kind).Add(new SpooledDifference(1, columns, difference.SourceKey, difference.TargetKey, default));
                return;
            }

            LeaveOut(isSingle ? "the comparison gave no key by which the row can be asked for again" : "the key does not tell its rows apart", difference.Count);
        }
        else if (isOneSided && Layout.Complete && Layout.Columns.All(column => difference.Key.ContainsKey(column.Name)))
        {
            Seed = difference.Seed;
            var copies = difference.Kind == DifferenceKind.Missing ? MissingCopies : ExtraCopies;
            copies.Add(new SpooledDifference(difference.Count, [], null, null, RowTexts.HashOf(Layout.Columns.Select(column => difference.Key[column.Name]))));
        }
        else
        {
            LeaveOut("the table has no key, and not all of its columns can be compared to tell its rows apart", difference.Count);
        }
    }

    public bool LeaveOut(string reason, long rows = 1)
    {
        _leftOut[reason] = _leftOut.GetValueOrDefault(reason) + rows;
        const int few = 20;
        return _leftOut[reason] <= few;
    }

    /// <summary>Whether some columns tell the rows of a table apart, by the table's own keys.</summary>
    public static bool IsUnique(TableSchema? table, IReadOnlyCollection<string> columns) =>
        table is not null && table.UniqueKeys.Concat(table.PrimaryKey is { } primary ? [primary] : []).Any(key => key.Columns.All(columns.Contains));

    private DifferenceSpool SpoolOf(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Missing => Missing,
        DifferenceKind.Extra => Extra,
        _ => Changed,
    };

    private static bool HasKeys(RowDifference difference) =>
        (difference.Kind == DifferenceKind.Extra || difference.SourceKey is not null) && (difference.Kind == DifferenceKind.Missing || difference.TargetKey is not null);
}
