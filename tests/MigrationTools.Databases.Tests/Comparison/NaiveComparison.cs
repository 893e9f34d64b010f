using MigrationTools.Databases.Tests.Conversion;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>
/// The judge of the comparison: groups rows by key and subtracts lists. Cells of the tests' tables are of one kind a column, so
/// that their text tells them apart.
/// </summary>
internal static class NaiveComparison
{
    public static (long Missing, long Extra, long Changed) Of(IEnumerable<Cell[]> source, IEnumerable<Cell[]> target, int[] key)
    {
        string KeyOf(Cell[] row) => string.Join('|', key.Length == 0 ? row.Select(cell => $"{cell}") : key.Select(index => $"{row[index]}"));
        string RowOf(Cell[] row) => string.Join('|', row.Select(cell => $"{cell}"));
        var sources = source.ToLookup(KeyOf, RowOf);
        var targets = target.ToLookup(KeyOf, RowOf);
        var (missing, extra, changed) = (0L, 0L, 0L);
        foreach (var name in sources.Select(group => group.Key).Union(targets.Select(group => group.Key)))
        {
            var left = sources[name].ToList();
            var right = targets[name].ToList();
            if (left.Count == 1 && right.Count == 1)
            {
                changed += left[0] == right[0] ? 0 : 1;
                continue;
            }

            foreach (var row in left.ToList().Where(right.Remove))
            {
                left.Remove(row);
            }

            missing += left.Count;
            extra += right.Count;
        }

        return (missing, extra, changed);
    }
}
