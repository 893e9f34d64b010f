using System.Management.Automation;
using MigrationTools.Completion;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Hosting;

namespace MigrationTools.Commands;

/// <summary>A cmdlet on the data of two databases: those of a spec, of a run, or of two endpoints.</summary>
public abstract class DataCommand : ConnectingCommand
{
    private protected const string BySpec = "Spec";
    private protected const string ByRun = "Run";
    private protected const string ByEndpoints = "Endpoint";

    /// <summary><b>-Spec:</b> a spec from Import-MigrationSpec.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = BySpec)]
    [ValidateNotNull]
    public MigrationSpec? Spec { get; set; }

    /// <summary><b>-RunId:</b> id of a run, whose spec is taken.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByRun)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string? RunId { get; set; }

    /// <summary><b>-Source:</b> endpoint of the source, such as sqlite:shop.db. Secrets by reference: ${env:NAME}.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByEndpoints)]
    [ValidateNotNullOrEmpty]
    public string? Source { get; set; }

    /// <summary><b>-Target:</b> endpoint of the target.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByEndpoints)]
    [ValidateNotNullOrEmpty]
    public string? Target { get; set; }

    /// <summary><b>-System:</b> name of one database system; all of them where it is not given.</summary>
    [Parameter(ParameterSetName = BySpec)]
    [Parameter(ParameterSetName = ByRun)]
    [ArgumentCompleter(typeof(SystemCompleter))]
    [ValidateNotNullOrEmpty]
    public string? System { get; set; }

    /// <summary><b>-Table:</b> tables, with wildcards * and ?; all where it is not given.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TableCompleter))]
    public string[] Table { get; set; } = [];

    /// <summary><b>-ExcludeTable:</b> tables that are left out, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TableCompleter))]
    public string[] ExcludeTable { get; set; } = [];

    /// <summary>What the input is, for error records.</summary>
    private protected object Input => (object?)Spec ?? (object?)RunId ?? $"{EndpointRedaction.Redact(Source ?? "")} → {EndpointRedaction.Redact(Target ?? "")}";

    private protected DataRequest Request(int parallelism = 2)
    {
        var here = SessionState.Path.CurrentFileSystemLocation.Path;
        var endpoints = ParameterSetName == ByEndpoints;
        return new DataRequest
        {
            Spec = ParameterSetName == BySpec ? Spec : null,
            RunId = ParameterSetName == ByRun ? RunId : null,
            Source = endpoints ? Endpoint.Parse(Source!, here) : null,
            Target = endpoints ? Endpoint.Parse(Target!, here) : null,
            System = System,
            Tables = Table,
            Exclude = ExcludeTable,
            Parallelism = parallelism,
        };
    }
}
