using System.CommandLine;
using MigrationTools.Cli.Live;
using MigrationTools.Cli.Output;
using MigrationTools.Engine.Runs;
using MigrationTools.Hosting;

namespace MigrationTools.Cli.CommandLine;

/// <summary>One call of a verb: what was asked for, and where its words go.</summary>
internal sealed class VerbCall : IDisposable
{
    public VerbCall(CliSession session, ParseResult parsed, bool saysYes)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(parsed);
        Session = session;
        Parsed = parsed;
        Verbose = parsed.GetValue(session.Options.Verbose);
        Runs = parsed.GetValue(session.Options.Runs);
        Observer = new TerminalObserver(session, parsed.CommandResult.Command.Name, Verbose, saysYes);
        Results = new ResultStream(session.Console, Observer.Error, CommonOptions.FormatOf(parsed.GetValue(session.Options.Output)));
        Self = new OwnName(Runs);
    }

    public CliSession Session { get; }

    public ParseResult Parsed { get; }

    public bool Verbose { get; }

    /// <summary>The directory or database of runs as given; null for the default.</summary>
    public string? Runs { get; }

    public TerminalObserver Observer { get; }

    public ResultStream Results { get; }

    /// <summary>How to call this program, for the commands that it proposes.</summary>
    public OwnName Self { get; }

    /// <summary>The run that the call is about, once it is known.</summary>
    public string? RunId { get; set; }

    /// <summary>A line for people, on standard error.</summary>
    public void Say(string line) => Observer.Error.WriteLine(line);

    public MigrationHost CreateHost(Func<IRunStore, IRunStore>? wrapStore = null, string? metricsFile = null)
    {
        var place = RunsPlace.Parse(Runs, Environment.CurrentDirectory);
        return new MigrationHost(new HostOptions { RunsDirectory = place.Directory, RunsEndpoint = place.Endpoint, Time = Session.Time, WrapStore = wrapStore, MetricsFile = metricsFile });
    }

    public void Dispose() => Observer.Dispose();
}
