using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Specs;

/// <summary>What keeps writers from the source while a big-bang migration copies it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FenceMode>))]
public enum FenceMode
{
    /// <summary>Nothing: the operators stop the writers. Writes that happen all the same are found by comparing, and fail the run.</summary>
    Observe = 0,

    /// <summary>PostgreSQL: the database's sessions are read-only by default until the fence is lifted. Not for SQLite, where <see cref="Observe"/> finds every write.</summary>
    ReadOnly,
}
