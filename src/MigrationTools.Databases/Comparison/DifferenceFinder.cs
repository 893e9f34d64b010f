using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Spooling;

namespace MigrationTools.Databases.Comparison;

/// <summary>
/// Walks two sides in key order and says what is missing, extra and changed. Keys and rows are compared by their bytes. A key that a
/// side has more than once tells no rows apart: its rows are compared as a multiset.
/// </summary>
internal sealed class DifferenceFinder(IReadOnlyList<ComparedColumn> columns, int keyCount, ComparisonOptions options, Action<RowDifference>? take = null)
{
    private readonly List<RowDifference> _differences = [];

    public long Missing { get; private set; }

    public long Extra { get; private set; }

    public long Changed { get; private set; }

    /// <summary>Rows whose key another row of their side has too, by side; counted only where there is a key.</summary>
    public long SourceDuplicates { get; private set; }

    public long TargetDuplicates { get; private set; }

    /// <summary>Rows whose only differences are within the tolerance.</summary>
    public long Tolerated { get; private set; }

    public IReadOnlyList<RowDifference> Differences => _differences;

    /// <summary>Whether a difference that is found now is looked at by its columns: there is room in the list, somebody takes all, or a tolerance decides.</summary>
    public bool WantsRows => take is not null || Listable < options.MaxDifferences || HasTolerance;

    /// <summary>How many differences there are to list; rows that are the same and on one side count as one.</summary>
    public long Listable { get; private set; }

    private bool HasTolerance => options.FloatTolerance > 0 || options.TimeTolerance > TimeSpan.Zero;

    /// <summary>Counts differences of which no more is known.</summary>
    public void Count(long missing, long extra, long changed)
    {
        Missing += missing;
        Extra += extra;
        Changed += changed;
        Listable += missing + extra + changed;
    }

    public void Find(ISortedRows source, ISortedRows target, CancellationToken cancellationToken)
    {
        var (left, right) = (new PeekingRows(source), new PeekingRows(target));
        for (var groups = 0L; left.Any || right.Any; groups++)
        {
            if ((groups & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            FindInGroup(left, right);
        }
    }

    /// <summary>Deals with all rows of the least key.</summary>
    private void FindInGroup(PeekingRows left, PeekingRows right)
    {
        var order = !left.Any ? 1 : !right.Any ? -1 : CanonicalField.CompareKeys(left.Key, right.Key);
        if (order == 0 && !left.NextHasSameKey && !right.NextHasSameKey)
        {
            if (!left.Row.SequenceEqual(right.Row))
            {
                AddChanged(left, right);
            }

            left.Advance();
            right.Advance();
            return;
        }

        var key = (order <= 0 ? left : right).Key.ToArray();
        var (sourceRows, targetRows) = FindInMultiset(left, right, key);
        if (keyCount > 0)
        {
            SourceDuplicates += sourceRows > 1 ? sourceRows : 0;
            TargetDuplicates += targetRows > 1 ? targetRows : 0;
        }
    }

    private (long Source, long Target) FindInMultiset(PeekingRows left, PeekingRows right, ReadOnlySpan<byte> key)
    {
        var (sourceRows, targetRows) = (0L, 0L);
        while (true)
        {
            var hasLeft = left.Any && left.Key.SequenceEqual(key);
            var hasRight = right.Any && right.Key.SequenceEqual(key);
            if (!hasLeft && !hasRight)
            {
                return (sourceRows, targetRows);
            }

            var order = !hasLeft ? 1 : !hasRight ? -1 : left.Row.SequenceCompareTo(right.Row);
            var first = order <= 0 ? left : right;
            var (row, keyLength, tail) = (first.Row.ToArray(), first.Key.Length, first.Tail.ToArray());
            var sourceCount = order <= 0 ? left.SkipEqual(row) : 0;
            var targetCount = order >= 0 ? right.SkipEqual(row) : 0;
            sourceRows += sourceCount;
            targetRows += targetCount;
            AddOneSided(row, keyLength, tail, sourceCount - targetCount);
        }
    }

    /// <summary>So many more of a row on the source, or (below 0) on the target.</summary>
    private void AddOneSided(ReadOnlySpan<byte> row, int keyLength, ReadOnlySpan<byte> tail, long surplus)
    {
        if (surplus == 0)
        {
            return;
        }

        Missing += Math.Max(0, surplus);
        Extra += Math.Max(0, -surplus);
        if (take is null && Listable >= options.MaxDifferences)
        {
            Listable++;
            return;
        }

        var (key, numbers) = ReadKey(row);
        var cells = keyCount == 0 ? null : new KeyCells(tail);
        Add(new RowDifference
        {
            Kind = surplus > 0 ? DifferenceKind.Missing : DifferenceKind.Extra,
            Key = key,
            NumberColumns = numbers,
            SourceKey = surplus > 0 ? cells : null,
            TargetKey = surplus > 0 ? null : cells,
            Count = Math.Abs(surplus),
            CanonicalKey = row[..keyLength].ToArray(),
            Fingerprint = RowHash.Of(row, surplus > 0 ? 1UL : 2UL),
        });
    }

    private void Add(RowDifference difference)
    {
        if (Listable++ < options.MaxDifferences)
        {
            _differences.Add(difference);
        }

        take?.Invoke(difference);
    }

    private void AddChanged(PeekingRows left, PeekingRows right)
    {
        if (HasTolerance && IsTolerated(left.Row, right.Row))
        {
            Tolerated++;
            return;
        }

        Changed++;
        if (take is null && Listable >= options.MaxDifferences)
        {
            Listable++;
            return;
        }

        var source = left.Row;
        var target = right.Row;
        var (key, numbers) = ReadKey(source);
        var changed = new List<ColumnDifference>();
        foreach (var column in columns)
        {
            var sourceField = CanonicalField.Take(ref source);
            var targetField = CanonicalField.Take(ref target);
            if (!sourceField.Raw.SequenceEqual(targetField.Raw) && !Tolerance.Covers(column.Meaning, sourceField, targetField, options))
            {
                var (sourceText, targetText) = FieldText.OfBoth(sourceField, targetField);
                changed.Add(new ColumnDifference(column.Name, sourceText, targetText));
            }
        }

        Add(new RowDifference
        {
            Kind = DifferenceKind.Changed,
            Key = key,
            NumberColumns = numbers,
            Columns = changed,
            SourceKey = keyCount == 0 ? null : new KeyCells(left.Tail),
            TargetKey = keyCount == 0 ? null : new KeyCells(right.Tail),
            CanonicalKey = left.Key.ToArray(),
            Fingerprint = RowHash.Of(left.Row, 1) + RowHash.Of(right.Row, 2),
        });
    }

    private bool IsTolerated(ReadOnlySpan<byte> source, ReadOnlySpan<byte> target)
    {
        foreach (var column in columns)
        {
            var left = CanonicalField.Take(ref source);
            var right = CanonicalField.Take(ref target);
            if (!left.Raw.SequenceEqual(right.Raw) && !Tolerance.Covers(column.Meaning, left, right, options))
            {
                return false;
            }
        }

        return true;
    }

    private (Dictionary<string, string?> Values, List<string> Numbers) ReadKey(ReadOnlySpan<byte> row)
    {
        var key = new Dictionary<string, string?>(StringComparer.Ordinal);
        var numbers = new List<string>();
        foreach (var column in keyCount == 0 ? columns : columns.Take(keyCount))
        {
            var field = CanonicalField.Take(ref row);
            key.Add(column.Name, FieldText.Of(field));
            if (field.Tag == CanonicalTag.Integer)
            {
                numbers.Add(column.Name);
            }
        }

        return (key, numbers);
    }
}
