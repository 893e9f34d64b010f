using System.Management.Automation;
using MigrationTools.Completion;
using MigrationTools.Engine.Rollback;
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

    /// <summary><b>-Phase:</b> only back to and with this phase of a phased run: what came after it is undone first, what came before it stays.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PhaseCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Phase { get; set; }

    /// <summary><b>-AcceptDataLoss:</b> what was written to the target since cut-over may be lost.</summary>
    [Parameter]
    public SwitchParameter AcceptDataLoss { get; set; }

    protected override void ProcessRecord()
    {
        var what = "Roll the run back";
        if (Phase is not null && !RunHere(RunId, async (_, token) => what = $"Roll back {UndoneReach.Of(await Engine.Runs.LookAsync(RunId, token), Phase).Describe()}"))
        {
            return;
        }

        if (ShouldProcess(RunId, what))
        {
            Run(
                RunId,
                () => (Engine, RunId, Reason, Options: new RunOptions { AcceptDataLoss = AcceptDataLoss, Phase = Phase }),
                async (pipe, given, token) => pipe.Emit(await given.Engine.RollbackAsync(given.RunId, given.Reason, given.Options, pipe.Observer, token)));
        }
    }
}
