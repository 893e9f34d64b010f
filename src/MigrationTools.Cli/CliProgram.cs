using System.CommandLine;
using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Terminal;

namespace MigrationTools.Cli;

/// <summary>The program without its process: arguments, streams and the wish to stop in, an exit code out.</summary>
internal static class CliProgram
{
    /// <param name="args">As a shell gives them, without the program's name.</param>
    /// <param name="console">The streams and what is known of them.</param>
    /// <param name="interruption">Ctrl+C and its like.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliConsole console, Interruption interruption, TimeProvider? time = null)
    {
        var session = new CliSession(console, interruption, time ?? TimeProvider.System);
        var root = CommandTree.Build(session);
        // A value that begins with @ is a value, not the name of a file with arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            return UsageErrors.Write(parsed, args, console);
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = console.Out,
                Error = console.Error,
                // Errors and signals are this program's own business.
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            },
            interruption.Token);
    }
}
