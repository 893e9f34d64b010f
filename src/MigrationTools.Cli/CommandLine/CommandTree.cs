using System.CommandLine;
using MigrationTools.Cli.Verbs;

namespace MigrationTools.Cli.CommandLine;

/// <summary>All verbs. A new verb is a class and a line here.</summary>
internal static class CommandTree
{
    public static Command Build(CliSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var root = new Command(OwnName.Installed, "Moves systems from one version or platform to another: assess, plan, run, prove, roll back, report.")
        {
            new ReadinessVerb(session),
            new StrategyVerb(session),
            new PlanVerb(session),
            new RunVerb(session),
            new ResumeVerb(session),
            new RollbackVerb(session),
            new ApproveVerb(session),
            new StatusVerb(session),
            new JournalVerb(session),
            new CompareVerb(session),
            new CopyVerb(session),
            new CountVerb(session),
            new IntegrityVerb(session),
            new TrafficVerb(session),
            new NotifyVerb(session),
            new ReportVerb(session),
        };
        session.Options.AddTo(root);
        HelpText.AddTo(root, session.Console);
        return root;
    }
}
