using Microsoft.Extensions.Logging;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Hosting.FrontEnds;

/// <summary>An observer over a front end.</summary>
public static class FrontEndObserver
{
    public static IOperationObserver Over(IFrontEnd frontEnd) => new Observer(frontEnd);

    private sealed class Observer(IFrontEnd frontEnd) : IOperationObserver
    {
        public ILogger Logger { get; } = new FrontEndLogger(frontEnd);

        public void Report(Progress progress) => frontEnd.Report(progress);

        public ValueTask<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) =>
            frontEnd.ConfirmAsync(confirmation, cancellationToken);
    }

    private sealed class FrontEndLogger(IFrontEnd frontEnd) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            frontEnd.Log(
                logLevel switch
                {
                    LogLevel.Trace or LogLevel.Debug => LogSeverity.Debug,
                    LogLevel.Information => LogSeverity.Information,
                    LogLevel.Warning => LogSeverity.Warning,
                    _ => LogSeverity.Error,
                },
                formatter(state, exception));
    }
}
