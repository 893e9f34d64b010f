using System.Text.Json.Serialization;

namespace MigrationTools.Databases.Comparison;

/// <summary>What is different about a row.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DifferenceKind>))]
public enum DifferenceKind
{
    /// <summary>In the source, not in the target.</summary>
    Missing = 0,

    /// <summary>In the target, not in the source.</summary>
    Extra,

    /// <summary>On both sides under the same key, with other values.</summary>
    Changed,
}
