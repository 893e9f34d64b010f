using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Rollouts.ParallelRun;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Statistics;

namespace MigrationTools.Engine.Rollouts;

/// <summary>
/// Asks both sides of a service the same and compares the answers; the old side is asked twice, and what differs between its own two answers is noise. Data:
/// <c>compared</c>, <c>unanswered</c>, <c>different</c>, <c>upperBound</c>, <c>confidence</c>, <c>noise</c>, <c>differences</c> (the first hundred).
/// </summary>
public sealed class ParallelRunStep(HttpClient client, TimeProvider time) : IStepAction
{
    private const int MostListed = 100;
    private const int ShownCharacters = 200;

    private readonly ServiceAsker _asker = new(client, time);

    public string Verb => RolloutStepNames.ParallelRun;

    public Task<JsonObject> CaptureAsync(StepContext context, CancellationToken cancellationToken) => Task.FromResult(new JsonObject());

    public async Task<StepObservation> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var service = context.System<HttpSystemSpec>();
        var run = RolloutOf(context).ParallelRun;
        var begun = time.GetUtcNow();
        var ledger = new AnswerLedger();
        var activity = $"parallel run of {service.Name}";
        for (var request = 1; request <= run.Requests; request++)
        {
            var path = run.Paths[(request - 1) % run.Paths.Count];
            var asked = path.Replace("{n}", request.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

            // The new side between the old side's two answers, so that what changes with time shows as noise and not as a difference.
            var first = await _asker.AskAsync(service.Source, asked, cancellationToken).ConfigureAwait(false);
            var target = await _asker.AskAsync(service.Target, asked, cancellationToken).ConfigureAwait(false);
            var again = await _asker.AskAsync(service.Source, asked, cancellationToken).ConfigureAwait(false);
            ledger.Add(request, path, asked, first, again, target);
            context.Observer.Report(new Progress(activity, request, run.Requests, "requests") { Completed = request == run.Requests });
        }

        return Judge(service, run, ledger, begun);
    }

    public Task<EffectReport> LookAsync(StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.NotApplied, "it only asks, so it is done again"));

    private static RolloutSpec RolloutOf(StepContext context) =>
        (string?)context.Action.Parameters["phase"] is { } phase
            ? context.Spec.Phases.First(candidate => candidate.Name == phase).Rollout ?? context.Spec.Rollout
            : context.Spec.Rollout;

    private StepObservation Judge(HttpSystemSpec service, ParallelRunSpec run, AnswerLedger ledger, DateTimeOffset begun)
    {
        var found = ledger.Find();
        var different = found.Count + ledger.Beyond;
        var bound = ledger.Compared == 0 ? 1 : BinomialInterval.Upper(different, ledger.Compared, run.Confidence);
        var verdict = ledger.Compared == 0 ? Verdict.Inconclusive
            : different > run.Tolerated ? Verdict.Failed
            : bound > run.MaxDifference || ledger.Unanswered > 0 ? Verdict.Inconclusive
            : Verdict.Passed;
        var message = ledger.Compared == 0
            ? string.Create(CultureInfo.InvariantCulture, $"none of {ledger.Unanswered} requests got two answers of the old side: nothing could be compared")
            : string.Create(CultureInfo.InvariantCulture, $"{different} of {ledger.Compared} answers differ; with {run.Confidence:P1} confidence at most {bound:P2} do{(ledger.Unanswered > 0 ? $"; {ledger.Unanswered} requests got no answer of the old side" : "")}; {ledger.Noise.Count()} places differ by themselves");
        var check = new CheckResult
        {
            Id = $"parallelRun:{service.Name}",
            Name = $"{service.Name}: both sides answer alike",
            System = service.Name,
            Category = "parallelRun",
            Verdict = verdict,
            Message = message,
            Remedy = verdict switch
            {
                Verdict.Failed => "Look at the differences listed; mend the new side, or say by 'tolerated' how many may differ.",
                Verdict.Inconclusive when ledger.Compared > 0 && ledger.Unanswered == 0 => string.Create(CultureInfo.InvariantCulture, $"More requests are needed to show {run.MaxDifference:P2}: without a difference about {Math.Ceiling(Math.Log(1 - run.Confidence) / Math.Log(1 - run.MaxDifference)):0}."),
                Verdict.Inconclusive => $"See that {service.Source} answers, then resume the run.",
                _ => null,
            },
            Evidence = [new Evidence($"GET {string.Join(", ", run.Paths)} of {service.Source} (twice) and {service.Target}", message, begun) { Expected = string.Create(CultureInfo.InvariantCulture, $"at most {run.Tolerated} differ, and at most {run.MaxDifference:P2} with {run.Confidence:P1} confidence") }],
        };
        return new StepObservation(message)
        {
            Evidence = check.Evidence,
            Checks = [check],
            Data = new JsonObject
            {
                ["compared"] = ledger.Compared,
                ["unanswered"] = ledger.Unanswered,
                ["different"] = different,
                ["upperBound"] = bound,
                ["confidence"] = run.Confidence,
                ["noise"] = new JsonArray([.. ledger.Noise.Take(MostListed).Select(place => JsonValue.Create(place))]),
                ["differences"] = new JsonArray([.. found.Take(MostListed).Select(Describe)]),
            },
        };
    }

    private static JsonObject Describe(AnswerDifference difference) => new()
    {
        ["request"] = difference.Request,
        ["path"] = difference.Path,
        ["fields"] = new JsonArray([.. difference.Fields.Take(20).Select(field => new JsonObject { ["place"] = field.Place, ["source"] = Shown(field.Source), ["target"] = Shown(field.Target) })]),
    };

    private static string? Shown(string? value) => value is { Length: > ShownCharacters } ? string.Concat(value.AsSpan(0, ShownCharacters), "…") : value;
}
