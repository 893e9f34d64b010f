using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>What looking at a condition gave.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConditionAnswer>))]
public enum ConditionAnswer
{
    /// <summary>A figure that it needs was not measured, or on too few samples. Never a pass, and never an alarm.</summary>
    Unknown = 0,

    Holds,

    Fails,
}
