using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Measures;

namespace MigrationTools.Engine.Metrics;

/// <summary>
/// The trimmed standard output of a program, started without a shell in the spec's directory. An exit code other than 0, a
/// program that is not there and a time limit that passed are errors; a program that says nothing gives no value.
/// </summary>
public sealed class CommandMeasurement(TimeProvider time) : IMeasurement
{
    private readonly ProgramRunner _runner = new(time);

    public bool Takes(MeasureSpec measure) => measure is CommandMeasureSpec;

    public async Task<MeasuredValue> MeasureAsync(MeasureSpec measure, MigrationSpec spec, CancellationToken cancellationToken)
    {
        var command = (CommandMeasureSpec)measure;
        ArgumentNullException.ThrowIfNull(spec);
        if (command.Arguments.Count == 0)
        {
            throw new MeasurementException("A command measure names no program.");
        }

        var shown = EndpointRedaction.Redact(string.Join(' ', command.Arguments));
        var at = time.GetUtcNow();
        var call = new ProgramCall { Arguments = command.Arguments, Directory = spec.Directory, Timeout = command.Timeout };
        var outcome = await _runner.RunAsync(call, cancellationToken).ConfigureAwait(false);
        if (!outcome.Succeeded)
        {
            throw ProgramFailure.Of(outcome, command.Arguments, command.Timeout);
        }

        var value = outcome.Output.Trim();
        return new MeasuredValue(value.Length == 0 ? null : value, new Evidence(shown, value.Length == 0 ? null : value, at));
    }
}
