using System.Management.Automation;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Commands;

/// <summary><c>Invoke-MigrationRollback</c>: undoes a run, step by step backwards, and sees that it is undone.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MigrationRollback", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RunState), typeof(Job))]
public sealed class InvokeMigrationRollbackCommand : CarryingCommand
{
    /// <summary><b>-Reason:</b> why, for the journal.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = "asked for in PowerShell";

    /// <summary><b>-AcceptDataLoss:</b> what was written to the target since cut-over may be lost.</summary>
    [Parameter]
    public SwitchParameter AcceptDataLoss { get; set; }

    protected override void ProcessRecord()
    {
        if (ShouldProcess(RunId, "Roll the run back"))
        {
            Run(
                RunId,
                () => (Engine, RunId, Reason, Options: new RunOptions { AcceptDataLoss = AcceptDataLoss }),
                async (pipe, given, token) => pipe.Emit(await given.Engine.RollbackAsync(given.RunId, given.Reason, given.Options, pipe.Observer, token)));
        }
    }
}
