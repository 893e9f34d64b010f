using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Terminal;

namespace MigrationTools.Cli;

/// <summary>What every verb of one call of the program shares.</summary>
internal sealed record CliSession(CliConsole Console, Interruption Interruption, TimeProvider Time)
{
    public CommonOptions Options { get; } = new();
}
