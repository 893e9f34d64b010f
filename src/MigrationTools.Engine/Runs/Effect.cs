using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Runs;

/// <summary>What of an action is already in place, found by looking.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Effect>))]
public enum Effect
{
    /// <summary>Looking did not tell. A run stops here and says so.</summary>
    Unknown = 0,

    NotApplied,

    Partial,

    Applied,
}
