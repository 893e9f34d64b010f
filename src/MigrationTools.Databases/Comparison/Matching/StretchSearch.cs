using MigrationTools.Databases.Comparison.Methods;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Matching;

/// <summary>
/// Searches stretches of keys that differ, group by group: first by the hashes of their rows, which the servers give or which are made here, and then by the bytes
/// of those that are not the same on both sides.
/// </summary>
internal sealed class StretchSearch : IDisposable
{
    /// <summary>Rows of a side of which the servers' hashes are read together.</summary>
    private const long HashedRows = 65_536;

    /// <summary>Rows of a side that are read together, if they are not so large that fewer fit in memory.</summary>
    private const long MostRows = 32_768;

    /// <summary>Keys asked for with one statement.</summary>
    private const int KeysAtOnce = 500;

    private readonly TableWork _work;
    private readonly MethodChoice _choice;
    private readonly KeyStretches _stretches;
    private readonly SegmentScan _scan;
    private readonly DifferenceFinder _finder;
    private readonly long _memoryBytes;
    private StretchGroup _reading;
    private StretchGroup _finding;

    public StretchSearch(TableWork work, MethodChoice choice, KeyStretches stretches, SegmentScan scan, DifferenceFinder finder)
    {
        (_work, _choice, _stretches, _scan, _finder) = (work, choice, stretches, scan, finder);
        _memoryBytes = work.Options.MemoryBytes / 12;
        _reading = new StretchGroup(work, stretches, _memoryBytes);
        _finding = new StretchGroup(work, stretches, _memoryBytes);
    }

    /// <summary>Whether what was read now is what was read for the digests.</summary>
    public bool Settled { get; private set; } = true;

    /// <summary>Rows of the source that were searched.</summary>
    public long SourceRows { get; private set; }

    /// <inheritdoc cref="SourceRows"/>
    public long TargetRows { get; private set; }

    public Task RunAsync(List<int> differing, CancellationToken cancellationToken) =>
        _work.Layout.KeyCount == 1 && _choice is { SourceHasher: IRowHasher source, TargetHasher: IRowHasher target }
            ? FindByHashAsync(differing, source, target, cancellationToken)
            : FindByRowsAsync(differing, cancellationToken);

    public void Dispose()
    {
        _reading.Dispose();
        _finding.Dispose();
    }

    private List<int> Next(List<int> differing, ref int place, long most)
    {
        var first = place;
        for (var rows = 0L; place < differing.Count; place++)
        {
            rows += _scan.RowsOf(differing[place]);
            if (place > first && rows > most)
            {
                break;
            }
        }

        return differing.GetRange(first, place - first);
    }

    private async Task ReadAsync(StretchGroup group, List<int> segments, CancellationToken cancellationToken)
    {
        await _work.Pace.WaitAsync(_work.Source, _work.Target, cancellationToken).ConfigureAwait(false);
        await group.ReadAsync(segments, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>While the rows of one group are compared, those of the next are read.</summary>
    private async Task FindByRowsAsync(List<int> differing, CancellationToken cancellationToken)
    {
        var (place, most) = (0, MostRows);
        var group = Next(differing, ref place, most);
        var reading = ReadAsync(_reading, group, cancellationToken);
        try
        {
            while (group.Count > 0)
            {
                await reading.ConfigureAwait(false);
                (_reading, _finding) = (_finding, _reading);
                most = Math.Clamp((long)(_memoryBytes * 0.9 / Math.Max(1, _finding.Bytes) * group.Sum(_scan.RowsOf)), 1, MostRows);
                group = Next(differing, ref place, most);
                reading = group.Count > 0 ? ReadAsync(_reading, group, cancellationToken) : Task.CompletedTask;
                Settled &= _finding.Agrees(_scan, _choice.Method);
                _scan.Note(_finding.Segments, Math.Max(_finding.SourceRows, _finding.TargetRows));
                SourceRows += _finding.SourceRows;
                TargetRows += _finding.TargetRows;
                await Task.Run(() => _finding.Find(_finder, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// The servers give each row's hash; only rows whose hashes differ are read, and of these only those that somebody looks at. While the hashes of one group are compared,
    /// those of the next are read.
    /// </summary>
    private async Task FindByHashAsync(List<int> differing, IRowHasher sourceHasher, IRowHasher targetHasher, CancellationToken cancellationToken)
    {
        var (place, differ) = (0, false);
        var group = Next(differing, ref place, HashedRows);
        var reading = ReadHashesAsync(group, sourceHasher, targetHasher, cancellationToken);
        try
        {
            while (group.Count > 0)
            {
                var (read, (left, right)) = (group, await reading.ConfigureAwait(false));
                group = Next(differing, ref place, HashedRows);
                reading = ReadHashesAsync(group, sourceHasher, targetHasher, cancellationToken);
                var keys = await Task.Run(() => HashedKeys.Compare(left, right), cancellationToken).ConfigureAwait(false);
                if (keys.HasDuplicates)
                {
                    differ = true;
                    await FindByRowsAsync(read, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                SourceRows += left.Count;
                TargetRows += right.Count;
                _scan.Note(read.Count, Math.Max(left.Count, right.Count));
                differ |= keys.Differing.Count > 0;
                await FindByKeysAsync(keys.Differing, cancellationToken).ConfigureAwait(false);
            }

            // Some sums differed for which there was no summing up: so must some hash.
            Settled &= differ || !_scan.Skipped;
        }
        finally
        {
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(List<HashedKey> Source, List<HashedKey> Target)> ReadHashesAsync(
        List<int> segments, IRowHasher sourceHasher, IRowHasher targetHasher, CancellationToken cancellationToken)
    {
        var (left, right) = (new List<HashedKey>(), new List<HashedKey>());
        if (segments.Count > 0)
        {
            await _work.Pace.WaitAsync(_work.Source, _work.Target, cancellationToken).ConfigureAwait(false);
            var spans = _stretches.Join(segments, _scan.RowsOf, 16384);
            await BothSides.RunAsync(token => sourceHasher.ReadAsync(spans, left, token), token => targetHasher.ReadAsync(spans, right, token), cancellationToken).ConfigureAwait(false);
        }

        return (left, right);
    }

    private async Task FindByKeysAsync(List<(long Key, DifferenceKind Kind)> differing, CancellationToken cancellationToken)
    {
        var next = 0;
        while (next < differing.Count && _finder.WantsRows)
        {
            var some = differing.GetRange(next, Math.Min(KeysAtOnce, differing.Count - next)).ConvertAll(item => item.Key);
            await FindByKeysAsync(some, cancellationToken).ConfigureAwait(false);
            next += some.Count;
        }

        long Uncounted(DifferenceKind kind) => differing.Skip(next).LongCount(item => item.Kind == kind);
        _finder.Count(Uncounted(DifferenceKind.Missing), Uncounted(DifferenceKind.Extra), Uncounted(DifferenceKind.Changed));
    }

    private async Task FindByKeysAsync(List<long> keys, CancellationToken cancellationToken)
    {
        _finding.Clear();
        KeyList List(RowQuery query)
        {
            var batch = new RowBatch(1);
            keys.ForEach(batch.AppendInt64);
            return new KeyList([query.Columns[0].Name], batch);
        }

        var before = _finder.Listable + _finder.Tolerated;
        await BothSides.RunAsync(
            token => _work.SourceReader().CollectAsync(List(_work.SourceQuery), _finding.Source, token),
            token => _work.TargetReader().CollectAsync(List(_work.TargetQuery), _finding.Target, token),
            cancellationToken).ConfigureAwait(false);
        await Task.Run(() => _finding.Find(_finder, cancellationToken), cancellationToken).ConfigureAwait(false);

        // Each key's hashes differed, so must its rows.
        Settled &= _finder.Listable + _finder.Tolerated - before == keys.Count;
    }
}
