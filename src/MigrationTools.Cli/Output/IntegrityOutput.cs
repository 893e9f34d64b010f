using System.Text.Json.Serialization;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Cli.Output;

/// <summary>All proofs of data as JSON has them.</summary>
/// <param name="Verdict">The required checks' verdicts combined; NotRun where there was none.</param>
/// <param name="Source">The redacted endpoint; null where there are several systems.</param>
/// <param name="Target">Likewise.</param>
/// <param name="Score">The integrity score, 0 to 1; null where nothing ran.</param>
/// <param name="ChecksRun">Required checks that ran to an answer.</param>
/// <param name="ChecksRequired">Required checks.</param>
/// <param name="Checks">As they came.</param>
internal sealed record IntegrityOutput(Verdict Verdict, string? Source, string? Target, double? Score, int ChecksRun, int ChecksRequired, IReadOnlyList<CheckResult> Checks)
{
    /// <summary>The systems, where there are several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SystemOutput>? Systems { get; init; }

    public static IntegrityOutput Of(IReadOnlyList<SystemOutput> systems, IReadOnlyList<CheckResult> checks)
    {
        ArgumentNullException.ThrowIfNull(systems);
        var only = systems.Count == 1 ? systems[0] : null;
        var score = IntegrityScore.Of(checks);
        return new IntegrityOutput(Verdicts.Combine(systems.Select(system => system.Verdict)), only?.Source, only?.Target, score.Score, score.Run, score.Required, checks)
        {
            Systems = only is null ? systems : null,
        };
    }
}
