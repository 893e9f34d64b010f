using MigrationTools.Engine.Strategies.Recommendation;

namespace MigrationTools.Cli.Output;

/// <summary>A recommendation as JSON has it.</summary>
internal sealed record StrategyOutput(string SpecId, string SpecName, TimeSpan? Window, IReadOnlyList<StrategyAdvice> Strategies);
