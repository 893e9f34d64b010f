using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Traffic;

/// <summary>Whether a member of a router's group takes requests.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrafficMemberState>))]
public enum TrafficMemberState
{
    /// <summary>The router does not say.</summary>
    Unknown = 0,

    /// <summary>It takes requests, as many as its weight says.</summary>
    Ready,

    /// <summary>It ends what it has and takes nothing new.</summary>
    Draining,

    /// <summary>It takes nothing, because somebody said so.</summary>
    Maintenance,

    /// <summary>It takes nothing new, because the router found it unwell.</summary>
    Down,
}
