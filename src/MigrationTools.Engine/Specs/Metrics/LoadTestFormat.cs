using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Specs.Metrics;

/// <summary>Whose results a file holds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LoadTestFormat>))]
public enum LoadTestFormat
{
    /// <summary>k6: what --summary-export or handleSummary writes.</summary>
    K6 = 0,

    /// <summary>JMeter: a JTL file, CSV or XML.</summary>
    JMeter,
}
