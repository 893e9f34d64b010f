using System.Globalization;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Engine.Metrics;

/// <summary>Says why a program gave nothing.</summary>
internal static class ProgramFailure
{
    private const int LongestTail = 500;

    public static MeasurementException Of(ProgramOutcome outcome, IReadOnlyList<string> arguments, TimeSpan timeout)
    {
        var shown = EndpointRedaction.Redact(string.Join(' ', arguments));
        var said = EndpointRedaction.Redact(outcome.Error.Trim());
        return new MeasurementException(outcome.End switch
        {
            ProgramEnd.NotStarted => $"'{arguments[0]}' could not be started: {said}. Is the program installed and on the PATH?",
            ProgramEnd.TimedOut => string.Create(CultureInfo.InvariantCulture, $"'{shown}' did not end within {timeout.TotalSeconds:0.###} s and was ended."),
            _ => string.Create(CultureInfo.InvariantCulture, $"'{shown}' ended with exit code {outcome.ExitCode}{(said.Length > 0 ? $": {Tail(said)}" : " and said nothing on standard error")}."),
        });
    }

    private static string Tail(string text) => text.Length <= LongestTail ? text : string.Concat("…", text.AsSpan(text.Length - LongestTail));
}
