using System.Management.Automation;
using MigrationTools.Completion;

namespace MigrationTools.Commands;

/// <summary>A cmdlet on one run.</summary>
public abstract class RunCommand : HostCommand
{
    /// <summary><b>-RunId:</b> the run's id; a run from the pipeline brings it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string RunId { get; set; } = "";
}
