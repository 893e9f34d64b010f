using System.Management.Automation;
using MigrationTools.Completion;
using MigrationTools.Engine.Specs;
using MigrationTools.Hosting;

namespace MigrationTools.Commands;

/// <summary>A cmdlet on the database systems of a spec or of a run.</summary>
public abstract class SystemCommand : ConnectingCommand
{
    private protected const string BySpec = "Spec";
    private protected const string ByRun = "Run";

    /// <summary><b>-Spec:</b> a spec from Import-MigrationSpec.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = BySpec)]
    [ValidateNotNull]
    public MigrationSpec? Spec { get; set; }

    /// <summary><b>-RunId:</b> id of a run, whose spec is taken.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByRun)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string? RunId { get; set; }

    /// <summary><b>-System:</b> name of one database system; all of them where it is not given.</summary>
    [Parameter(ParameterSetName = BySpec)]
    [Parameter(ParameterSetName = ByRun)]
    [ArgumentCompleter(typeof(SystemCompleter))]
    [ValidateNotNullOrEmpty]
    public string? System { get; set; }

    /// <summary>What the input is, for error records.</summary>
    private protected virtual object Input => (object?)Spec ?? RunId!;

    private protected virtual DataRequest Request() => new()
    {
        Spec = ParameterSetName == BySpec ? Spec : null,
        RunId = ParameterSetName == ByRun ? RunId : null,
        System = System,
    };
}
