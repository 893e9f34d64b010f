using System.Text.Json.Serialization;

namespace MigrationTools.Databases.Comparison;

/// <summary>How two tables are compared. All methods mean the same.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComparisonMethod>))]
public enum ComparisonMethod
{
    /// <summary>Both sides are read and compared here, in canonical form.</summary>
    Stream = 0,
}
