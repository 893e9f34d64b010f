using System.Management.Automation;
using MigrationTools.Completion;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Hosting;

namespace MigrationTools.Commands;

/// <summary>A cmdlet on the data of two databases: those of a spec, of a run, or of two endpoints.</summary>
public abstract class DataCommand : SystemCommand
{
    private protected const string ByEndpoints = "Endpoint";

    /// <summary><b>-Source:</b> endpoint of the source, such as sqlite:shop.db. Secrets by reference: ${env:NAME}.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByEndpoints)]
    [ValidateNotNullOrEmpty]
    public string? Source { get; set; }

    /// <summary><b>-Target:</b> endpoint of the target.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByEndpoints)]
    [ValidateNotNullOrEmpty]
    public string? Target { get; set; }

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

    private protected override object Input => (object?)Spec ?? (object?)RunId ?? $"{EndpointRedaction.Redact(Source ?? "")} → {EndpointRedaction.Redact(Target ?? "")}";

    private protected override DataRequest Request()
    {
        var here = SessionState.Path.CurrentFileSystemLocation.Path;
        var endpoints = ParameterSetName == ByEndpoints;
        return base.Request() with
        {
            Source = endpoints ? Endpoint.Parse(Source!, here) : null,
            Target = endpoints ? Endpoint.Parse(Target!, here) : null,
            Tables = Table,
            Exclude = ExcludeTable,
        };
    }
}
