using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Systems;

/// <summary>Runs the programs of a command system: without a shell, in the spec's directory, with the system's variables resolved, and whatever they print redacted.</summary>
public sealed class SystemCommands(CommandSystemSpec system, MigrationSpec spec, TimeProvider time)
{
    // What people need of a program's output is its end.
    private const int KeptCharacters = 2000;

    private const int ShortestSecret = 3;

    private readonly EnvironmentSecretSource _secrets = new(spec.Directory);

    /// <summary>Runs a program.</summary>
    /// <returns>What it said: <c>program</c>, <c>exitCode</c>, <c>output</c>, <c>error</c>.</returns>
    /// <exception cref="MeasurementException">It could not be started, did not end in time, or ended with another code than 0.</exception>
    public async Task<JsonObject> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var outcome = await CallAsync(arguments, cancellationToken).ConfigureAwait(false);
        var program = string.Join(' ', arguments);
        var (output, error) = (Shown(outcome.Output), Shown(outcome.Error));
        return outcome.Succeeded
            ? new JsonObject { ["program"] = program, ["exitCode"] = outcome.ExitCode, ["output"] = output, ["error"] = error }
            : throw new MeasurementException(outcome.End switch
            {
                ProgramEnd.NotStarted => $"system '{system.Name}': '{arguments[0]}' could not be started: {error}. Is the program installed and on the PATH?",
                ProgramEnd.TimedOut => string.Create(CultureInfo.InvariantCulture, $"system '{system.Name}': '{program}' did not end within {system.Timeout.TotalSeconds:0.###} s and was ended. Look what it left, then resume the run or roll it back."),
                _ => string.Create(CultureInfo.InvariantCulture, $"system '{system.Name}': '{program}' ended with exit code {outcome.ExitCode}: {(error.Length > 0 ? error : output.Length > 0 ? output : "it said nothing")}"),
            });
    }

    /// <summary>Asks the system's own look where it stands.</summary>
    /// <exception cref="MeasurementException">The look itself broke: nobody knows where the system stands.</exception>
    public async Task<(string Said, bool Done, bool Undone, Evidence Evidence)> LookAsync(CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        var said = (string)(await RunAsync(system.Look, cancellationToken).ConfigureAwait(false))["output"]!;
        var done = ExpectationEvaluator.Evaluate(system.Done, said).Verdict == Verdict.Passed;
        var undone = system.Undone is { } before ? ExpectationEvaluator.Evaluate(before, said).Verdict == Verdict.Passed : !done;
        return (said, done, undone, new Evidence(string.Join(' ', system.Look), said, at) { Expected = system.Done.ToString() });
    }

    private Task<ProgramOutcome> CallAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        new ProgramRunner(time).RunAsync(
            new ProgramCall
            {
                Arguments = arguments,
                Directory = spec.Directory,
                Timeout = system.Timeout,
                Environment = system.Environment.ToDictionary(variable => variable.Key, variable => SecretReferences.Resolve(variable.Value, _secrets), StringComparer.Ordinal),
            },
            cancellationToken);

    private string Shown(string text)
    {
        var result = text.Trim();
        foreach (var secret in system.Environment.Values.SelectMany(value => SecretReferences.Values(value, _secrets)).Where(value => value.Length >= ShortestSecret).OrderByDescending(value => value.Length))
        {
            result = result.Replace(secret, EndpointRedaction.Mask, StringComparison.Ordinal);
        }

        result = EndpointRedaction.Redact(result);
        return result.Length <= KeptCharacters ? result : string.Concat("…", result.AsSpan(result.Length - KeptCharacters));
    }
}
