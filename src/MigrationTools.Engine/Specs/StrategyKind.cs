using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Specs;

/// <summary>How the plan is made of the shared verbs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StrategyKind>))]
public enum StrategyKind
{
    BigBang = 0,
    BlueGreen,
    Canary,
    Rolling,
    StranglerFig,
    ParallelRun,
    Phased,
}
