using System.CommandLine;
using System.CommandLine.Parsing;
using MigrationTools.Cli.Live;
using MigrationTools.Cli.Output;
using MigrationTools.Engine;

namespace MigrationTools.Cli.CommandLine;

/// <summary>
/// A verb of the command line. Here is the edge where every error becomes an id, a message and an exit code; the verbs themselves parse, call the
/// host and show what came of it.
/// </summary>
internal abstract class CliVerb : Command
{
    protected CliVerb(CliSession session, string name, string description)
        : base(name, description)
    {
        Session = session;
        SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
    }

    /// <summary>Command lines without the program's name, for the help.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>What 0 and 1 mean for this verb, for the help.</summary>
    public abstract (string Zero, string? One) Outcomes { get; }

    /// <summary>Its name with those of the verbs above it: what is typed after the program's.</summary>
    public string FullName => Parents.OfType<CliVerb>().FirstOrDefault() is { } above ? $"{above.FullName} {Name}" : Name;

    protected CliSession Session { get; }

    protected virtual bool SaysYes(ParseResult parsed) => false;

    /// <returns>The exit code.</returns>
    protected abstract Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var call = new VerbCall(Session, parsed, SaysYes(parsed));
        using var listening = Session.Interruption.Listen(count => SayInterrupted(call, count));
        try
        {
            RefuseOptionsOfAbove(parsed);
            return await ExecuteAsync(call, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return End(call, ErrorOutput.Of(ErrorIds.Cancelled, "Cancelled; what was under way has ended.", call.RunId));
        }
        catch (MigrationToolsException e)
        {
            return End(call, ErrorOutput.Of(e, call.RunId));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return End(call, ErrorOutput.Of(ErrorIds.FileUnavailable, e.Message, call.RunId), e);
        }
#pragma warning disable CA1031 // The edge: a mistake in this program is told as such, with an exit code that says that nothing was verified.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var more = call.Verbose ? "" : " --verbose shows where.";
            return End(call, ErrorOutput.Of(ErrorIds.Unexpected, $"{e.GetType().Name}: {e.Message} This is a mistake in {OwnName.Installed} {ProductVersion.Text}.{more}", call.RunId), e);
        }
    }

    // What stands before a verb's own name belongs to the verb above it, and would be passed over in silence.
    private static void RefuseOptionsOfAbove(ParseResult parsed)
    {
        if (parsed.CommandResult is { Command: CliVerb verb, Parent: CommandResult { Command: CliVerb above } given }
            && given.Children.FirstOrDefault(IsGiven) is { } first)
        {
            var name = first is OptionResult option ? option.Option.Name : ((ArgumentResult)first).Tokens[0].Value;
            throw new InvalidRequestException($"{name} stands before '{verb.Name}' and belongs to '{above.FullName}'. Write what belongs to '{verb.FullName}' after it.");
        }
    }

    private static bool IsGiven(SymbolResult result) => result is OptionResult { Implicit: false, Option.Recursive: false } or ArgumentResult { Tokens.Count: > 0 };

    private static int End(VerbCall call, ErrorOutput error, Exception? unexpected = null)
    {
        call.Observer.Error.Dispose();
        var code = error.Write(call.Session.Console, call.Results.Format);
        if (unexpected is not null && call.Verbose)
        {
            call.Session.Console.Error.WriteLine(Engine.Endpoints.EndpointRedaction.Redact(unexpected.ToString()));
        }

        return code;
    }

    private static void SayInterrupted(VerbCall call, int count)
    {
        if (count == 1)
        {
            call.Say(call.Observer.Error.Paint.Doubtful("Cancelling: waiting for what is under way to come to a safe end. Once more says what that is."));
            return;
        }

        var views = call.Observer.Board.Look();
        var waiting = views.Count == 0 ? "the operation to end" : string.Join("; ", views.Select(ActivityLine.Describe));
        var kill = call.RunId is { } run ? $" Killing process {Environment.ProcessId} loses nothing: {call.Self.Command("resume", run)} goes on." : "";
        call.Say($"Waiting for: {waiting}.{kill}");
    }
}
