using MigrationTools.Engine.Specs;
using MigrationTools.Hosting;

namespace MigrationTools.Cli.CommandLine;

/// <summary>Two databases to work on.</summary>
/// <param name="System">The system's name; null for two endpoints.</param>
/// <param name="Spec">The system as the spec has it; null for two endpoints.</param>
/// <param name="Request">What to ask the host for.</param>
/// <param name="Source">The redacted endpoint.</param>
/// <param name="Target">The redacted endpoint.</param>
internal sealed record DataScope(string? System, DatabaseSystemSpec? Spec, DataRequest Request, string Source, string Target);
