using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Keeps what an operation reports.</summary>
internal sealed class RecordingObserver : IOperationObserver
{
    public ConcurrentQueue<Progress> Reports { get; } = new();

    public ILogger Logger => NullLogger.Instance;

    public void Report(Progress progress) => Reports.Enqueue(progress);

    public ValueTask<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) => ValueTask.FromResult(false);
}
