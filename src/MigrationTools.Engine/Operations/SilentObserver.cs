using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MigrationTools.Engine.Operations;

/// <summary>An observer for callers without a person: it shows nothing and confirms nothing.</summary>
public sealed class SilentObserver : IOperationObserver
{
    public static SilentObserver Instance { get; } = new();

    public ILogger Logger => NullLogger.Instance;

    public void Report(Progress progress)
    {
    }

    public ValueTask<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) => ValueTask.FromResult(false);
}
