using MigrationTools.Cli.Terminal;

namespace MigrationTools.Cli.Live;

/// <summary>
/// Standard error: lines that stay, and under them, on a terminal only, the lines of what is under way. Everything that is written there meanwhile
/// goes through it, from any thread; disposing clears the live lines.
/// </summary>
internal sealed class ErrorStream : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // Wrapping is off while live lines are drawn: a line that wraps could not be cleared.
    private const string WrapOff = "\u001b[?7l";
    private const string WrapOn = "\u001b[?7h";
    private const string ClearBelow = "\u001b[J";

    private readonly Lock _lock = new();
    private readonly CliConsole _console;
    private readonly ActivityBoard _board;
    private readonly ITimer? _timer;
    private int _drawn;
    private bool _paused;
    private bool _disposed;

    public ErrorStream(CliConsole console, ActivityBoard board, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _console = console;
        _board = board;
        Paint = console.ErrorPaint;
        IsLive = console is { ErrorIsTerminal: true, AllowsLiveLines: true };
        _timer = IsLive ? time.CreateTimer(_ => Tick(), null, Interval, Interval) : null;
    }

    /// <summary>Whether somebody can see what is under way.</summary>
    public bool IsLive { get; }

    public Paint Paint { get; }

    /// <summary>Writes a line that stays.</summary>
    public void WriteLine(string line)
    {
        lock (_lock)
        {
            Clear();
            _console.Error.WriteLine(line);
            Draw();
        }
    }

    /// <summary>Asks, without live lines in between, and answers what was typed; null where the input ended.</summary>
    public async Task<string?> AskAsync(string question, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Clear();
            _paused = true;
            _console.Error.Write(question);
            _console.Error.Flush();
        }

        try
        {
            // A terminal's read can't be cancelled; the thread that waits for it does not keep the process.
            return await Task.Run(_console.In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                _paused = false;
            }
        }
    }

    /// <summary>Has standard output written while no live line is on the screen that both may share.</summary>
    public void Around(Action write)
    {
        ArgumentNullException.ThrowIfNull(write);
        lock (_lock)
        {
            Clear();
            write();
            _console.Out.Flush();
            Draw();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            Clear();
        }

        _timer?.Dispose();
    }

    private void Tick()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                Clear();
                Draw();
            }
        }
    }

    private void Clear()
    {
        if (_drawn > 0)
        {
            _console.Error.Write($"\u001b[{_drawn}A\r{ClearBelow}");
            _console.Error.Flush();
            _drawn = 0;
        }
    }

    private void Draw()
    {
        if (!IsLive || _paused || _disposed)
        {
            return;
        }

        var views = _board.Look();
        if (views.Count == 0)
        {
            return;
        }

        var (columns, rows) = _console.Size();
        var most = Math.Max(rows / 2, 1);
        var shown = views.Take(views.Count > most ? most - 1 : most).ToList();
        var nameWidth = Math.Clamp(views.Max(view => view.Progress.Activity.Length + 2 + (view.Depth * 2)), 10, Math.Max(columns / 2, 10));
        var lines = shown.Select(view => ActivityLine.Format(view, nameWidth, columns, Paint)).ToList();
        if (shown.Count < views.Count)
        {
            lines.Add($"  … and {Quantity.Count(views.Count - shown.Count)} more");
        }

        // One write: a terminal that shows halves flickers.
        _console.Error.Write($"{WrapOff}{string.Join('\n', lines)}\n{WrapOn}");
        _console.Error.Flush();
        _drawn = lines.Count;
    }
}
