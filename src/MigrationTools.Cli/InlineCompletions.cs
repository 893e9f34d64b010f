namespace MigrationTools.Cli;

/// <summary>
/// Lets what waits for a socket go on where its bytes were seen, and not on another thread that has to be woken first: a server sends many rows in small pieces, and waking a thread for
/// each took a streamed comparison of two PostgreSQL databases a third of its time. Only for a verb that asks nobody, and waits for nothing but disks without giving its thread back. The switch is the runtime's own
/// (dotnet/runtime, SocketAsyncEngine.Unix.cs), read once, before the first socket. It is for the whole process, so a module in somebody's PowerShell can't set it; on Windows it does nothing.
/// </summary>
internal static class InlineCompletions
{
    private const string Switch = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Chooses by the verb; who has set the variable knows better.</summary>
    /// <param name="args">The program's.</param>
    public static void Choose(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args is ["compare", ..] && Environment.GetEnvironmentVariable(Switch) is null)
        {
            Environment.SetEnvironmentVariable(Switch, "1");
        }
    }
}
