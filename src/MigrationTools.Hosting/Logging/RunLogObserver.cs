using Microsoft.Extensions.Logging;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Runs;
using Serilog.Extensions.Logging;

namespace MigrationTools.Hosting.Logging;

/// <summary>Passes everything on to an observer, and what is logged to the run's log as well.</summary>
internal sealed class RunLogObserver(IOperationObserver inner, SerilogLoggerProvider file) : IRunLogObserver
{
    public ILogger Logger { get; } = new BothLogger(inner.Logger, file.CreateLogger("MigrationTools"));

    public void Report(Progress progress) => inner.Report(progress);

    public ValueTask<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) => inner.ConfirmAsync(confirmation, cancellationToken);

    public void Dispose() => file.Dispose();
}
