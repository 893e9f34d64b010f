using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Gates.Judging;

/// <summary>How the new side compares with the old one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JudgeAnswer>))]
public enum JudgeAnswer
{
    /// <summary>Neither that it is worse nor that it is not can be said with the confidence asked for.</summary>
    NotEnoughData = 0,

    /// <summary>Better, by more than the tolerance.</summary>
    Better,

    /// <summary>Not worse by more than the tolerance: that was shown, it is not what is left when nothing was.</summary>
    Same,

    /// <summary>Worse, by more than the tolerance.</summary>
    Worse,
}
