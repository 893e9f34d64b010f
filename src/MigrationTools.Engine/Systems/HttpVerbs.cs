using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Strategies;

namespace MigrationTools.Engine.Systems;

/// <summary>The steps that strategies' verbs mean for a service: it is deployed by others, so it is only seen to be well.</summary>
public sealed class HttpVerbs : ISystemVerbs
{
    public bool Serves(SystemSpec system) => system is HttpSystemSpec;

    public Task<IReadOnlyList<StepDraft>?> StepsAsync(VerbCall call, SystemSpec system, StrategyContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var service = (HttpSystemSpec)system;
        return Task.FromResult<IReadOnlyList<StepDraft>?>(call.Verb == Verb.Verify && service.Health is not null ? [See(service)] : []);
    }

    private static StepDraft See(HttpSystemSpec service) => new()
    {
        Phase = "verify",
        System = service.Name,
        Action = new StepAction(SeeHealthStep.Name, $"see that {service.Target} answers {service.Health} with 2xx"),
        Irreversible = "it only looks",
        GateAfter = new Gate($"{service.Name} is well"),
    };
}
