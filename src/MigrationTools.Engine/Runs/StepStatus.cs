using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Runs;

/// <summary>Where a step stands, told from the journal.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepStatus>))]
public enum StepStatus
{
    Pending = 0,

    /// <summary>Its intent is written and nothing more: how much of it took effect must be looked at.</summary>
    Intended,

    /// <summary>It is in place; its gate has not let it pass yet.</summary>
    Observed,

    Committed,

    /// <summary>Its compensation began and was not seen to be complete.</summary>
    Compensating,

    Compensated,
}
