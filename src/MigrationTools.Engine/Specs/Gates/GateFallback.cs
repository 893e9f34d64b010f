using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Specs.Gates;

/// <summary>What becomes of a gate that could not be judged.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateFallback>))]
public enum GateFallback
{
    /// <summary>The run stops where it is and waits for a person.</summary>
    Hold = 0,

    /// <summary>The run is rolled back.</summary>
    Rollback,
}
