using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Reports.Sections;

/// <summary>What a step did during a span of time.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReportSpanKind>))]
public enum ReportSpanKind
{
    Action = 0,
    Compensation,
}
