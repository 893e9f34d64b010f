using Microsoft.Extensions.Logging;
using MigrationTools.Cli.Terminal;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Cli.Live;

/// <summary>How operations speak to a terminal, or to a file that standard error was sent to.</summary>
internal sealed class TerminalObserver : IOperationObserver, IDisposable
{
    private readonly CliConsole _console;
    private readonly bool _saysYes;

    /// <param name="session">The streams and the clock.</param>
    /// <param name="operation">The operation's name.</param>
    /// <param name="verbose">Shows what is logged at Information; otherwise from Warning on.</param>
    /// <param name="saysYes">Answers yes without asking.</param>
    public TerminalObserver(CliSession session, string operation, bool verbose, bool saysYes)
    {
        ArgumentNullException.ThrowIfNull(session);
        _console = session.Console;
        _saysYes = saysYes;
        Board = new ActivityBoard(session.Time, operation);
        Error = new ErrorStream(session.Console, Board, session.Time);
        Logger = new ConsoleLogger(Error, verbose ? LogLevel.Information : LogLevel.Warning, session.Time);
    }

    public ILogger Logger { get; }

    public ActivityBoard Board { get; }

    public ErrorStream Error { get; }

    public void Report(Progress progress) => Board.Report(progress);

    /// <summary>Asks only where someone sits; without a person nothing is stopped by a question that nobody can answer (see docs/cli.md).</summary>
    public async ValueTask<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(confirmation);
        if (_saysYes || !_console.HasPerson)
        {
            return true;
        }

        var warning = confirmation.Destructive ? " This can't be undone." : "";
        var answer = await Error.AskAsync($"{Printable.Line(confirmation.Action)} {Printable.Line(confirmation.Target)}.{warning} Go on? [y/N] ", cancellationToken);
        return answer?.Trim() is { } word && (word.Equals("y", StringComparison.OrdinalIgnoreCase) || word.Equals("yes", StringComparison.OrdinalIgnoreCase));
    }

    public void Dispose() => Error.Dispose();
}
