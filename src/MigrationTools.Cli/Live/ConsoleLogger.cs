using System.Globalization;
using Microsoft.Extensions.Logging;
using MigrationTools.Cli.Terminal;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Cli.Live;

/// <summary>Log lines on standard error, between the live lines.</summary>
internal sealed class ConsoleLogger(ErrorStream error, LogLevel least, TimeProvider time) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var message = formatter(state, exception);
        if (exception is not null && !message.Contains(exception.Message, StringComparison.Ordinal))
        {
            message = $"{message} ({exception.Message})";
        }

        var clock = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        error.WriteLine($"{error.Paint.Dim(clock)} {Word(logLevel)} {Printable.Lines(EndpointRedaction.Redact(message))}");
    }

    private string Word(LogLevel level) => level switch
    {
        LogLevel.Critical or LogLevel.Error => error.Paint.Bad("error"),
        LogLevel.Warning => error.Paint.Doubtful("warning"),
        LogLevel.Information => "info",
        _ => error.Paint.Dim("debug"),
    };
}
