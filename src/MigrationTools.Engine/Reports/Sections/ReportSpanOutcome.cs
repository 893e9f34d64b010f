using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Reports.Sections;

/// <summary>How a span of work ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReportSpanOutcome>))]
public enum ReportSpanOutcome
{
    /// <summary>Its process ended in the middle; when, the journal can't tell.</summary>
    CutOff = 0,

    /// <summary>It is at work as the report is made.</summary>
    UnderWay,

    /// <summary>It ended and looked at its effect.</summary>
    Observed,

    /// <summary>It stopped with an error.</summary>
    Stopped,
}
