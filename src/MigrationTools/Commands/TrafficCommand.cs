using System.Management.Automation;
using MigrationTools.Completion;
using MigrationTools.Engine.Specs;
using MigrationTools.Hosting.Traffic;

namespace MigrationTools.Commands;

/// <summary>A cmdlet about routers: those of a spec, or one by its address.</summary>
public abstract class TrafficCommand : HostCommand
{
    private protected const string BySpec = "Spec";
    private protected const string ByPath = "Path";
    private protected const string ByRouter = "Router";

    /// <summary><b>-Spec:</b> a spec from Import-MigrationSpec, whose routers are meant.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = BySpec)]
    [ValidateNotNull]
    public MigrationSpec? Spec { get; set; }

    /// <summary><b>-Path:</b> the spec's file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary><b>-System:</b> of several routers in the spec, this one.</summary>
    [Parameter(ParameterSetName = BySpec)]
    [Parameter(ParameterSetName = ByPath)]
    [ArgumentCompleter(typeof(TrafficSystemCompleter))]
    [ValidateNotNullOrEmpty]
    public string? System { get; set; }

    /// <summary><b>-Router:</b> a router without a spec: its kind.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByRouter)]
    [ValidateSet("haproxy", "nginx")]
    public string Router { get; set; } = "";

    /// <summary><b>-Endpoint:</b> its address.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByRouter)]
    [ValidateNotNullOrEmpty]
    public string Endpoint { get; set; } = "";

    /// <summary><b>-Backend:</b> HAProxy's backend that both sides are in.</summary>
    [Parameter(ParameterSetName = ByRouter)]
    [ValidateNotNullOrEmpty]
    public string? Backend { get; set; }

    /// <summary><b>-Source:</b> the router's name of the old side.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByRouter)]
    [ValidateNotNullOrEmpty]
    public string Source { get; set; } = "";

    /// <summary><b>-Target:</b> the router's name of the new side.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByRouter)]
    [ValidateNotNullOrEmpty]
    public string Target { get; set; } = "";

    /// <summary><b>-Lane:</b> of several routes, this one.</summary>
    [Parameter(ParameterSetName = BySpec)]
    [Parameter(ParameterSetName = ByPath)]
    [ArgumentCompleter(typeof(LaneCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Lane { get; set; }

    /// <summary><b>-Prove:</b> counts where requests really land.</summary>
    [Parameter]
    public SwitchParameter Prove { get; set; }

    private protected object Asked => (object?)Spec ?? Path ?? Endpoint;

    private protected TrafficRequest Request()
    {
        var request = new TrafficRequest { System = System, Lane = Lane, Prove = Prove };
        if (ParameterSetName != ByRouter)
        {
            return request with { Spec = Path is null ? Spec : Engine.ReadSpec(Resolve(Path)) };
        }

        var here = SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        return request with
        {
            Directory = here,
            Router = new TrafficSystemSpec
            {
                Name = Router,
                Router = Router,
                Endpoint = MigrationTools.Engine.Endpoints.Endpoint.Parse(Endpoint, here),
                Backend = Backend,
                Source = Source,
                Target = Target,
            },
        };
    }
}
