using System.Globalization;

namespace MigrationTools.Traffic.Proof;

/// <summary>Where requests landed.</summary>
/// <param name="Source">At the old side.</param>
/// <param name="Target">At the new side.</param>
/// <param name="Neither">Answered by something that names neither side, or both.</param>
/// <param name="Unanswered">Without an answer.</param>
internal sealed record ShareCount(long Source, long Target, long Neither, long Unanswered)
{
    /// <summary>Of the answers: those with a status of 500 and more, whoever gave them.</summary>
    public long ServerErrors { get; init; }

    public long Known => Source + Target;

    /// <summary>Where these landed is not known.</summary>
    public long Unknown => Neither + Unanswered;

    public long All => Known + Unknown;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"target {Target}, source {Source}, neither {Neither}, no answer {Unanswered} (of all answers {ServerErrors} were 5xx)");
}
