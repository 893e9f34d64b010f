using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Specs;

/// <summary>How much of a phased run goes back by itself when a step of a phase fails.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RollbackScope>))]
public enum RollbackScope
{
    /// <summary>The phase that failed. The phases before it were validated and stay; the run is held.</summary>
    Phase = 0,

    /// <summary>Everything, back to the first phase.</summary>
    Run,
}
