using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Strategies.Recommendation;

/// <summary>What is thought of a strategy for a spec.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AdviceRank>))]
public enum AdviceRank
{
    /// <summary>The best of those that can be done, with everything seen that it rests on. One at most.</summary>
    Recommended = 0,

    /// <summary>It can be done, or what it rests on could not be seen.</summary>
    Possible,

    /// <summary>Something that was seen stands against it; its reasons say what would change that.</summary>
    Rejected,
}
