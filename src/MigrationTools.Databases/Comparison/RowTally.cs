using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Comparison;

/// <summary>Counts rows read, on several threads, tells the observer, and keeps to the pace.</summary>
/// <param name="observer">Who is told.</param>
/// <param name="activity">Name of the activity.</param>
/// <param name="pace">What rows wait for; null for nothing.</param>
internal sealed class RowTally(IOperationObserver observer, string activity, ComparisonPace? pace = null)
{
    private long _done;
    private long? _expected;

    public long Done => Interlocked.Read(ref _done);

    /// <summary>Rows expected in all, where that is known or guessed by the server. Said before any is counted.</summary>
    public void Expect(long? rows) => _expected = rows;

    public void Add(long rows)
    {
        var done = Interlocked.Add(ref _done, rows);
        observer.Report(new Progress(activity, done, _expected < done ? null : _expected, "rows"));
    }

    public ValueTask AddAsync(long rows, CancellationToken cancellationToken)
    {
        Add(rows);
        return pace?.TakeAsync(rows, cancellationToken) ?? ValueTask.CompletedTask;
    }

    /// <summary>The last report.</summary>
    public void Complete()
    {
        var done = Interlocked.Read(ref _done);
        observer.Report(new Progress(activity, done, done, "rows") { Completed = true });
    }
}
