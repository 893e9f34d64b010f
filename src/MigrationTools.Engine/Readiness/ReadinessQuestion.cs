using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Readiness;

/// <summary>
/// One question of a readiness check. Asking it obeys the spec's skip list before anything is looked at, times the look, and turns
/// a break into an Error with its message, so that the questions after it are still asked.
/// </summary>
/// <param name="Id">Stable within a spec, such as <c>health:shop_database.source</c>; what the skip list is matched against.</param>
/// <param name="Name">The question as people read it.</param>
/// <param name="Category">See <see cref="CheckResult.Category"/>.</param>
public sealed record ReadinessQuestion(string Id, string Name, string Category)
{
    public string? System { get; init; }

    public bool Required { get; init; } = true;

    /// <summary>What to say in the remedy where the look breaks.</summary>
    public string? RemedyOnError { get; init; }

    /// <summary>Skips, or looks.</summary>
    public async Task<CheckResult> AskAsync(
        MigrationSpec spec, TimeProvider time, Func<CancellationToken, Task<ReadinessAnswer>> look, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(look);
        if (SkipList.ReasonFor(spec.Readiness, Id) is { } reason)
        {
            return Skipped(reason);
        }

        var started = time.GetTimestamp();
        try
        {
            var answer = await look(cancellationToken).ConfigureAwait(false);
            return Answered(answer) with { Duration = time.GetElapsedTime(started) };
        }
        catch (Exception broken) when (broken is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The edge of a check: whatever broke is this question's Error, and the next one is still asked.
            return Broken(broken) with { Duration = time.GetElapsedTime(started) };
        }
    }

    /// <summary>The result of a question that the spec skips.</summary>
    public CheckResult Skipped(string reason) => Bare() with { Verdict = Verdict.Skipped, Message = $"skipped by the spec: {reason}" };

    /// <summary>The result of a look that broke.</summary>
    public CheckResult Broken(Exception broken)
    {
        ArgumentNullException.ThrowIfNull(broken);
        return Bare() with
        {
            Verdict = Verdict.Error,
            Message = Endpoints.EndpointRedaction.Redact(broken is MigrationToolsException ? broken.Message : $"{broken.GetType().Name}: {broken.Message}"),
            Remedy = RemedyOnError ?? "Mend what the message names and look again.",
        };
    }

    /// <summary>The result of a look.</summary>
    public CheckResult Answered(ReadinessAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Bare() with { Verdict = answer.Verdict, Message = answer.Message, Remedy = answer.Remedy, Evidence = answer.Evidence };
    }

    private CheckResult Bare() => new() { Id = Id, Name = Name, Category = Category, System = System, Required = Required };
}
