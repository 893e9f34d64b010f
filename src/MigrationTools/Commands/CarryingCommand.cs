using System.Management.Automation;
using MigrationTools.Completion;

namespace MigrationTools.Commands;

/// <summary>A cmdlet that carries a run on or back.</summary>
public abstract class CarryingCommand : ConnectingCommand
{
    /// <summary><b>-RunId:</b> the run's id; a run from the pipeline brings it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string RunId { get; set; } = "";

    /// <summary><b>-AsJob:</b> works in the background and gives the job; Receive-Job gives the run.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    private protected sealed override bool RunsAsJob => AsJob;
}
