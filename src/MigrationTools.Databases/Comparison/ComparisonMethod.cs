using System.Text.Json.Serialization;

namespace MigrationTools.Databases.Comparison;

/// <summary>How two tables are compared. All methods mean the same.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComparisonMethod>))]
public enum ComparisonMethod
{
    /// <summary>Both sides are read and compared here, in canonical form.</summary>
    Stream = 0,

    /// <summary>Both sides are of one engine, whose own hash functions sum up the rows of a segment; only segments that differ are read.</summary>
    Native,

    /// <summary>Each engine turns rows into one canonical text and hashes a segment of them; only segments that differ are read.</summary>
    Pushdown,
}
