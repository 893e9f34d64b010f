using System.Text.Json.Serialization;

namespace MigrationTools.Databases.Copying;

/// <summary>How far a copy is, as the target itself says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CopyState>))]
public enum CopyState
{
    /// <summary>Nothing of it is in the target.</summary>
    NotBegun = 0,

    /// <summary>It was begun; some rows may be in.</summary>
    Partial,

    /// <summary>Every table that it was begun with is in.</summary>
    Finished,
}
