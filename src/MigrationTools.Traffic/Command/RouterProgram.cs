using System.Globalization;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.Command;

/// <summary>Runs the programs of a router: no shell, in the spec's directory.</summary>
internal sealed class RouterProgram(string directory, IReadOnlyDictionary<string, string> environment, TimeProvider time)
{
    private const int LongestQuote = 1000;

    private readonly ProgramRunner _runner = new(time);

    /// <summary>What it printed.</summary>
    /// <exception cref="TrafficException">It could not be started, took too long, or did not end with 0; with the end of what it said.</exception>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, TimeSpan limit, CancellationToken cancellationToken)
    {
        var call = new ProgramCall { Arguments = arguments, Directory = directory, Environment = environment, Timeout = limit };
        var outcome = await _runner.RunAsync(call, cancellationToken).ConfigureAwait(false);
        if (outcome.Succeeded)
        {
            return outcome.Output;
        }

        var shown = EndpointRedaction.Redact(string.Join(' ', arguments));
        throw new TrafficException(outcome.End switch
        {
            ProgramEnd.NotStarted => $"'{arguments[0]}' could not be started: {outcome.Error}. Is it installed and on the PATH?",
            ProgramEnd.TimedOut => string.Create(CultureInfo.InvariantCulture, $"'{shown}' did not end within {limit.TotalSeconds:0.###} s and was ended."),
            _ => string.Create(CultureInfo.InvariantCulture, $"'{shown}' ended with {outcome.ExitCode} and said: {Said(outcome)}"),
        });
    }

    private static string Said(ProgramOutcome outcome)
    {
        var text = EndpointRedaction.Redact((outcome.Error.Trim().Length > 0 ? outcome.Error : outcome.Output).Trim());
        return text.Length == 0 ? "nothing." : text.Length <= LongestQuote ? text : "… " + text[^LongestQuote..];
    }
}
