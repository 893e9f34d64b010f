using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Specs;

/// <summary>When a command system is moved.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CommandPhase>))]
public enum CommandPhase
{
    /// <summary>Before anything is copied or shifted.</summary>
    Expand = 0,

    /// <summary>When the target becomes the one that counts.</summary>
    CutOver,

    /// <summary>When the old side is removed.</summary>
    Contract,
}
