using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationTools.Cli.Terminal;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Cli.Output;

/// <summary>An error that ended the operation, as JSON has it.</summary>
internal sealed record ErrorOutput(Verdict Verdict, ErrorDetail Error)
{
    /// <summary>The run, where one had begun.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RunId { get; init; }

    public static ErrorOutput Of(MigrationToolsException exception, string? runId)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Of(exception.ErrorId, exception.Message, runId, (exception as SpecException)?.Mistakes);
    }

    public static ErrorOutput Of(string errorId, string message, string? runId = null, IReadOnlyList<SpecMistake>? mistakes = null) =>
        new(
            ExitCodes.Of(errorId) switch
            {
                ExitCodes.Failed => Verdict.Failed,
                ExitCodes.Cancelled => Verdict.Inconclusive,
                _ => Verdict.Error,
            },
            // The engine hides secrets where it knows them; what comes from a command line or a driver is looked through once more.
            new ErrorDetail(errorId, EndpointRedaction.Redact(message)) { Mistakes = mistakes })
        { RunId = runId };

    /// <summary>Text on standard error; on standard output nothing but JSON, and only where JSON was asked for.</summary>
    /// <param name="console">The streams.</param>
    /// <param name="format">What standard output gets.</param>
    /// <returns>The exit code.</returns>
    public int Write(CliConsole console, OutputFormat format)
    {
        ArgumentNullException.ThrowIfNull(console);
        // A list of mistakes stands on lines of its own, so that each begins with its place.
        var before = Error.Message.Contains('\n', StringComparison.Ordinal) ? Environment.NewLine : " ";
        console.Error.WriteLine($"{console.ErrorPaint.Bad("error")} {Error.Id}:{before}{Printable.Lines(Error.Message)}");
        if (format != OutputFormat.Table)
        {
            console.Out.WriteLine(JsonSerializer.Serialize(this, format == OutputFormat.Json ? MigrationJson.Pretty : MigrationJson.Line));
            console.Out.Flush();
        }

        return ExitCodes.Of(Error.Id);
    }
}
