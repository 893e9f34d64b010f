using System.Collections;
using System.Management.Automation;
using MigrationTools.Engine.Runs;
using MigrationTools.Internal;

namespace MigrationTools.Commands;

/// <summary><c>Resume-MigrationRun</c>: goes on with a run that was interrupted, held or failed.</summary>
[Cmdlet(VerbsLifecycle.Resume, "MigrationRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RunState), typeof(Job))]
public sealed class ResumeMigrationRunCommand : CarryingCommand
{
    /// <summary><b>-Waive:</b> checks that you answer for: id (wildcards) = why.</summary>
    [Parameter]
    public Hashtable? Waive { get; set; }

    /// <summary><b>-MaxRuntime:</b> stop at the next step boundary after this time; the run can be resumed again.</summary>
    [Parameter]
    public TimeSpan? MaxRuntime { get; set; }

    protected override void ProcessRecord()
    {
        if (ShouldProcess(RunId, "Resume the run"))
        {
            Run(
                RunId,
                () => (Engine, RunId, Options: new RunOptions { MaxRuntime = MaxRuntime, Waivers = WaiverTable.Read(Waive) }),
                async (pipe, given, token) => pipe.Emit(await given.Engine.ResumeAsync(given.RunId, given.Options, pipe.Observer, token)));
        }
    }
}
