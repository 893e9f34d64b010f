using System.Threading.Channels;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Copying;

/// <summary>
/// Which table is copied next: none before the tables that its foreign keys refer to, as far as the target still has these
/// foreign keys; the largest first among those that may go. In a cycle the table that waits for the fewest goes. Thread-safe.
/// </summary>
internal sealed class CopySchedule
{
    private readonly object _lock = new();
    private readonly Channel<TablePair> _ready = Channel.CreateUnbounded<TablePair>();
    private readonly List<(TablePair Pair, HashSet<TableName> WaitsFor)> _waiting = [];
    private int _running;

    /// <param name="pairs">What is to be copied.</param>
    /// <param name="target">The target's schema as it is now.</param>
    public CopySchedule(IReadOnlyList<TablePair> pairs, DatabaseSchema target)
    {
        var names = pairs.Select(pair => pair.Target.Name).ToHashSet();
        foreach (var pair in pairs.OrderByDescending(pair => pair.Source?.EstimatedRows ?? 0))
        {
            var live = target.Find(pair.Target.Name)?.ForeignKeys ?? [];
            _waiting.Add((pair, [.. live.Select(key => key.References).Where(name => name != pair.Target.Name && names.Contains(name))]));
        }

        Release();
    }

    /// <summary>Tables as they may be copied; ends after the last.</summary>
    public IAsyncEnumerable<TablePair> ReadyAsync(CancellationToken cancellationToken) => _ready.Reader.ReadAllAsync(cancellationToken);

    /// <summary>A table that was taken is copied.</summary>
    public void Done(TablePair pair)
    {
        lock (_lock)
        {
            _running--;
            foreach (var (_, waitsFor) in _waiting)
            {
                waitsFor.Remove(pair.Target.Name);
            }

            Release();
        }
    }

    private void Release()
    {
        var free = _waiting.Where(item => item.WaitsFor.Count == 0).ToList();
        if (free.Count == 0 && _running == 0 && _waiting.Count > 0)
        {
            free.Add(_waiting.MinBy(item => item.WaitsFor.Count));
        }

        foreach (var item in free)
        {
            _waiting.Remove(item);
            _running++;
            _ready.Writer.TryWrite(item.Pair);
        }

        if (_waiting.Count == 0)
        {
            _ready.Writer.TryComplete();
        }
    }
}
