using System.Text;

namespace MigrationTools.Cli.Terminal;

/// <summary>The three streams, and what is known of them.</summary>
internal sealed class CliConsole
{
    /// <summary>Tables are never wider: they are pasted into tickets and mails.</summary>
    public const int WidestTable = 120;

    /// <summary>Results, and nothing else.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>What people read meanwhile: narration, progress, errors.</summary>
    public required TextWriter Error { get; init; }

    public required TextReader In { get; init; }

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public bool InIsTerminal { get; init; }

    /// <summary>False where NO_COLOR is set (https://no-color.org) or the terminal can't.</summary>
    public bool AllowsColor { get; init; }

    /// <summary>Whether lines on the terminal can be drawn over.</summary>
    public bool AllowsLiveLines { get; init; }

    /// <summary>Columns and rows of the terminal, asked for anew each time: people resize windows.</summary>
    public Func<(int Columns, int Rows)> Size { get; init; } = () => (WidestTable, 30);

    /// <summary>Someone sits there and can be asked.</summary>
    public bool HasPerson => InIsTerminal && ErrorIsTerminal;

    public Paint OutPaint => new(AllowsColor && OutIsTerminal);

    public Paint ErrorPaint => new(AllowsColor && ErrorIsTerminal);

    public int TableWidth => OutIsTerminal ? Math.Clamp(Size().Columns, 40, WidestTable) : WidestTable;

    public static CliConsole OfProcess()
    {
        // JSON is UTF-8 whatever the machine's code page.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var terminal = Environment.GetEnvironmentVariable("TERM");
        var dumb = !OperatingSystem.IsWindows() && terminal is null or "" or "dumb";
        return new CliConsole
        {
            Out = Console.Out,
            Error = Console.Error,
            In = Console.In,
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            InIsTerminal = !Console.IsInputRedirected,
            AllowsColor = !dumb && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            AllowsLiveLines = !dumb,
            Size = SizeOfTerminal,
        };
    }

    private static (int Columns, int Rows) SizeOfTerminal()
    {
        try
        {
            return Console.WindowWidth > 0 ? (Console.WindowWidth, Math.Max(Console.WindowHeight, 1)) : (80, 24);
        }
        catch (IOException)
        {
            // A terminal that does not tell its size.
            return (80, 24);
        }
    }
}
