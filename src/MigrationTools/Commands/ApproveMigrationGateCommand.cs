using System.Management.Automation;
using MigrationTools.Completion;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Commands;

/// <summary><c>Approve-MigrationGate</c>: a person's yes or no to a step that a run waits with.</summary>
[Cmdlet(VerbsLifecycle.Approve, "MigrationGate", SupportsShouldProcess = true)]
[OutputType(typeof(StepApproval))]
public sealed class ApproveMigrationGateCommand : HostCommand
{
    /// <summary><b>-RunId:</b> the run's id; a run from the pipeline brings it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(WaitingRunCompleter))]
    [ValidateNotNullOrEmpty]
    public string RunId { get; set; } = "";

    /// <summary><b>-Step:</b> the step that waits; not needed where only one does.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(WaitingStepCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Step { get; set; }

    /// <summary><b>-Reason:</b> why, kept with the run.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = "";

    /// <summary><b>-Refuse:</b> says no: the gate fails.</summary>
    [Parameter]
    public SwitchParameter Refuse { get; set; }

    /// <summary><b>-Approver:</b> who says so; the user of this session where it is not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Approver { get; set; }

    protected override void ProcessRecord()
    {
        if (ShouldProcess(Step is null ? RunId : $"{RunId}, step {Step}", Refuse ? "Refuse what the run waits for" : "Approve what the run waits for"))
        {
            Run(RunId, async (pipe, token) => pipe.Emit(await Engine.ApproveAsync(RunId, Step, !Refuse, Approver ?? Environment.UserName, Reason, token)));
        }
    }
}
