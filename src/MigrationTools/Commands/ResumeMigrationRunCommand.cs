using System.Management.Automation;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Commands;

/// <summary><c>Resume-MigrationRun</c>: goes on with a run that was interrupted, held or failed.</summary>
[Cmdlet(VerbsLifecycle.Resume, "MigrationRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RunState), typeof(Job))]
public sealed class ResumeMigrationRunCommand : CarryingCommand
{
    /// <summary><b>-MaxRuntime:</b> stop at the next step boundary after this time; the run can be resumed again.</summary>
    [Parameter]
    public TimeSpan? MaxRuntime { get; set; }

    protected override void ProcessRecord()
    {
        if (ShouldProcess(RunId, "Resume the run"))
        {
            Run(RunId, async (pipe, token) => pipe.Emit(await Engine.ResumeAsync(RunId, new RunOptions { MaxRuntime = MaxRuntime }, pipe.Observer, token)));
        }
    }
}
