namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>
/// Spreads tables over partitions. What is not split goes, largest first, where least lies; what is split then fills every partition up to one level, a partition
/// after the other, so that no partition has two parts of one table and no table more parts than needed.
/// </summary>
internal static class PartitionBins
{
    // A twentieth of a partition is not worth a part of its own.
    private const double Slack = 0.05;

    /// <returns>Numbered from 0 on; at most <paramref name="count"/>, none of them empty.</returns>
    public static IReadOnlyList<PlannedPartition> Fill(IReadOnlyList<MeasuredTable> tables, int count)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var even = (double)tables.Sum(table => table.Rows) / count;
        var bins = Enumerable.Range(0, count).Select(_ => new Bin()).ToList();
        var split = tables.Where(table => table.Rungs.Count > 0 && table.Rows > even * Slack).ToList();
        foreach (var table in tables.Except(split).OrderByDescending(table => table.Rows))
        {
            var bin = bins.OrderBy(bin => bin.Rows).ThenBy(bin => bin.Parts.Count).First();
            bin.Add(table, null, null, table.Rows);
            bin.Unsplit += table.Rows;
        }

        var pour = new Pouring(bins, Level([.. bins.Select(bin => bin.Rows)], split.Sum(table => table.Rows)));
        foreach (var table in split)
        {
            pour.Pour(table);
        }

        return [.. bins.Where(bin => bin.Parts.Count > 0).Select((bin, index) => new PlannedPartition(index, bin.Rows, bin.Parts))];
    }

    /// <summary>The rung beyond the rows that are done which is nearest to where the cut should be.</summary>
    private static KeyRung? Nearest(IReadOnlyList<KeyRung> rungs, long done, double wanted)
    {
        var (low, high) = (0, rungs.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = rungs[middle].UpTo < wanted ? (middle + 1, high) : (low, middle);
        }

        return new[] { low - 1, low }.Where(index => index >= 0 && index < rungs.Count && rungs[index].UpTo > done)
            .Select(index => rungs[index])
            .MinBy(rung => Math.Abs(rung.UpTo - wanted));
    }

    /// <summary>How high every bin stands once so many rows are poured over them.</summary>
    private static double Level(List<long> loads, long rows)
    {
        loads.Sort();
        var sum = (double)rows;
        for (var bins = 1; ; bins++)
        {
            sum += loads[bins - 1];
            if (bins == loads.Count || sum / bins <= loads[bins])
            {
                return sum / bins;
            }
        }
    }

    /// <summary>Fills the bins in their order. Each ends where the sum of the rooms up to it ends, so that the errors of cuts do not add up.</summary>
    private sealed class Pouring(List<Bin> bins, double level)
    {
        private readonly double _slack = level * Slack;
        private int _at;
        private double _end = Math.Max(0, level - bins[0].Rows);
        private long _poured;

        public void Pour(MeasuredTable table)
        {
            var done = 0L;
            IReadOnlyList<KeyCell>? after = null;
            while (true)
            {
                while (_at < bins.Count - 1 && _end - _poured < _slack)
                {
                    Next();
                }

                var (room, left) = (_end - _poured, table.Rows - done);
                var rung = _at == bins.Count - 1 || left <= room + _slack ? null : Nearest(table.Rungs, done, done + room);
                if (rung is null)
                {
                    bins[_at].Add(table, after, null, left);
                    _poured += left;
                    return;
                }

                bins[_at].Add(table, after, rung.Key, rung.UpTo - done);
                _poured += rung.UpTo - done;
                (done, after) = (rung.UpTo, rung.Key);

                // One part of a table in a bin: what room is left goes to the next.
                if (_at < bins.Count - 1)
                {
                    Next();
                }
            }
        }

        private void Next() => _end += Math.Max(0, level - bins[++_at].Unsplit);
    }

    private sealed class Bin
    {
        public List<PlannedPart> Parts { get; } = [];

        public long Rows { get; private set; }

        /// <summary>Of them those of tables that are not split.</summary>
        public long Unsplit { get; set; }

        public void Add(MeasuredTable table, IReadOnlyList<KeyCell>? after, IReadOnlyList<KeyCell>? upTo, long rows)
        {
            Parts.Add(new PlannedPart { System = table.Table.System, Table = table.Table.Target, After = after, UpTo = upTo, EstimatedRows = rows });
            Rows += rows;
        }
    }
}
