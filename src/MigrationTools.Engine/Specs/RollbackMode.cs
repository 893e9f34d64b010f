using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Specs;

/// <summary>Who starts a rollback after a failure.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RollbackMode>))]
public enum RollbackMode
{
    /// <summary>The run stops and waits for a person.</summary>
    Manual = 0,

    /// <summary>The run rolls itself back.</summary>
    Automatic,
}
