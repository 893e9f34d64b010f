using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Readiness;

/// <summary>What looking gave.</summary>
/// <param name="Verdict">Passed only with evidence.</param>
/// <param name="Message">One line: what was seen and what it means.</param>
public sealed record ReadinessAnswer(Verdict Verdict, string Message)
{
    /// <summary>What would make it ready; null where nothing is wrong.</summary>
    public string? Remedy { get; init; }

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];
}
