using System.Management.Automation;
using Microsoft.Extensions.Logging;

namespace MigrationTools.Internal;

/// <summary>An operation's log in PowerShell's streams: Debug and Verbose, milestones as Information, warnings as Warning. Errors come as error records instead.</summary>
internal sealed class CommandLogger(PSCmdlet cmdlet, PipelinePump pump) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        var text = formatter(state, exception);
        switch (logLevel)
        {
            case LogLevel.Trace or LogLevel.Debug:
                pump.Post(() => cmdlet.WriteDebug(text));
                break;
            case LogLevel.Information:
                pump.Post(() => cmdlet.WriteVerbose(text));
                pump.Post(() => cmdlet.WriteInformation(new InformationRecord(text, cmdlet.MyInvocation.MyCommand.Name) { Tags = { "MigrationTools" } }));
                break;
            case LogLevel.Warning:
                pump.Post(() => cmdlet.WriteWarning(text));
                break;
            default:
                pump.Post(() => cmdlet.WriteVerbose(text));
                break;
        }
    }
}
