using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Tests.Copying;

/// <summary>Keeps every report in order.</summary>
public sealed class RecordedProgress : IOperationObserver
{
    private readonly ConcurrentQueue<Progress> _reports = [];

    public IReadOnlyCollection<Progress> Reports => _reports;

    public ILogger Logger => NullLogger.Instance;

    public void Report(Progress progress) => _reports.Enqueue(progress);

    public ValueTask<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) => ValueTask.FromResult(false);
}
