using Microsoft.Extensions.Logging;

namespace MigrationTools.Engine.Operations;

/// <summary>
/// How an operation speaks while it runs, without knowing a console or PowerShell. Implementations are thread-safe:
/// an operation calls from whichever thread it is on.
/// </summary>
public interface IOperationObserver
{
    /// <summary>Structured log of the operation.</summary>
    ILogger Logger { get; }

    /// <summary>Called often; the front end throttles. The last report of an activity has <see cref="Progress.Completed"/> set.</summary>
    void Report(Progress progress);

    /// <summary>Asks a person. Without one it answers no.</summary>
    ValueTask<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken);
}
