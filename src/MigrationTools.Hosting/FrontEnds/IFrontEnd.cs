using MigrationTools.Engine.Operations;

namespace MigrationTools.Hosting.FrontEnds;

/// <summary>
/// What a front end offers an operation, in this project's own words only: a front end that may not reference a third-party package (the
/// PowerShell module's root) implements this in place of <see cref="IOperationObserver"/>. Implementations are thread-safe.
/// </summary>
public interface IFrontEnd
{
    /// <summary>A line of the operation's log, without secrets.</summary>
    void Log(LogSeverity severity, string message);

    /// <summary>Called often; the front end throttles.</summary>
    void Report(Progress progress);

    /// <summary>Asks a person.</summary>
    ValueTask<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken);
}
