using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Specs;

/// <summary>What keeps a target in step while its source is still written to.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReplicationMode>))]
public enum ReplicationMode
{
    /// <summary>Nothing: the differences are compared and copied under the fence.</summary>
    None = 0,

    /// <summary>The servers themselves: PostgreSQL's logical replication, its initial copy included. Both sides are PostgreSQL, tables and columns of the same names.</summary>
    Logical,
}
