using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Strategies.Recommendation;

/// <summary>What a reason does to a strategy.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReasonKind>))]
public enum ReasonKind
{
    /// <summary>It speaks for it.</summary>
    For = 0,

    /// <summary>It speaks against it.</summary>
    Against,

    /// <summary>What it rests on could not be seen, so it is not recommended on it.</summary>
    NotSeen,

    /// <summary>It can't be done so.</summary>
    Excludes,
}
