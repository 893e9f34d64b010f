using System.Text.Json.Nodes;

namespace MigrationTools.Engine.Runs;

/// <summary>
/// The code behind a verb: of a step's action or of its compensation. Executing again after it was cut off must be safe
/// wherever <see cref="LookAsync"/> answers NotApplied or a continuable Partial.
/// </summary>
public interface IStepAction
{
    /// <summary>Such as <c>database.copy</c>.</summary>
    string Verb { get; }

    /// <summary>
    /// It changes nothing, and what it saw is of its moment alone: whoever goes on with a run that stopped between it and the next step looks again. What is proved
    /// today is not proved of what somebody writes until tomorrow.
    /// </summary>
    bool Lapses => false;

    /// <summary>Takes down the state before, for the intent and for the compensation. Changes nothing.</summary>
    Task<JsonObject> CaptureAsync(StepContext context, CancellationToken cancellationToken);

    /// <summary>Does it and looks at what came of it.</summary>
    Task<StepObservation> ExecuteAsync(StepContext context, CancellationToken cancellationToken);

    /// <summary>Looks at how much of it is in place. Changes nothing.</summary>
    Task<EffectReport> LookAsync(StepContext context, CancellationToken cancellationToken);
}
