using MigrationTools.Engine;

namespace MigrationTools.Cli.CommandLine;

/// <summary>The person who was asked said no. Nothing was done.</summary>
internal sealed class DeclinedException() : MigrationToolsException(ErrorIds.Cancelled, "Not confirmed; nothing was done.");
