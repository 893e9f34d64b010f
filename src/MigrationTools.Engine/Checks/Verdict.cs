using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Checks;

/// <summary>The answer to a check. Only <see cref="Passed"/> says that something was seen to be right.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>It did not run. The default: a verdict that nobody set claims nothing.</summary>
    NotRun = 0,

    /// <summary>It was looked at and is right, with evidence.</summary>
    Passed,

    /// <summary>It was looked at and is wrong.</summary>
    Failed,

    /// <summary>It could not be looked at: the look itself broke.</summary>
    Error,

    /// <summary>It was looked at, and what was seen is not enough to tell.</summary>
    Inconclusive,

    /// <summary>The spec itself says that it is not to run, with a reason.</summary>
    Skipped,

    /// <summary>A person took responsibility for going on without it; who and why is recorded.</summary>
    Waived,
}
