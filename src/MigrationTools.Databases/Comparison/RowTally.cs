using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Comparison;

/// <summary>Counts rows read, on several threads, and tells the observer.</summary>
/// <param name="observer">Who is told.</param>
/// <param name="activity">Name of the activity.</param>
/// <param name="expected">Rows expected in all, where that is known or guessed by the server.</param>
internal sealed class RowTally(IOperationObserver observer, string activity, long? expected)
{
    private long _done;

    public void Add(long rows)
    {
        var done = Interlocked.Add(ref _done, rows);
        observer.Report(new Progress(activity, done, expected < done ? null : expected, "rows"));
    }

    /// <summary>The last report.</summary>
    public void Complete()
    {
        var done = Interlocked.Read(ref _done);
        observer.Report(new Progress(activity, done, done, "rows") { Completed = true });
    }
}
