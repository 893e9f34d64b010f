using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Gates.Watching;

/// <summary>Why a gate's watch came to its end.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateEnd>))]
public enum GateEnd
{
    /// <summary>Nothing was to be measured.</summary>
    NothingToMeasure = 0,

    /// <summary>All measurements were taken.</summary>
    Completed,

    /// <summary>More measurements failed than may.</summary>
    Failures,

    /// <summary>More measurements were inconclusive than may be.</summary>
    Inconclusive,

    /// <summary>More measurements in a row broke than may.</summary>
    Errors,

    /// <summary>The deadline passed first.</summary>
    Deadline,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}
