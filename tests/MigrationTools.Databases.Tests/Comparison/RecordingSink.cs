using System.Collections.Concurrent;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Mapping;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Keeps what it is told.</summary>
internal sealed class RecordingSink : IDifferenceSink
{
    private readonly ConcurrentQueue<(string Table, RowDifference Difference)> _told = new();

    public IReadOnlyList<(string Table, RowDifference Difference)> Told => [.. _told];

    public void Add(TablePair pair, RowDifference difference) => _told.Enqueue((pair.TargetName, difference));
}
