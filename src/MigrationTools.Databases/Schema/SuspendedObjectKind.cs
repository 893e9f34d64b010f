using System.Text.Json.Serialization;

namespace MigrationTools.Databases.Schema;

/// <summary>What is dropped before a bulk load and made again after it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SuspendedObjectKind>))]
public enum SuspendedObjectKind
{
    PrimaryKey = 0,
    UniqueKey,
    Index,
    ForeignKey,
}
