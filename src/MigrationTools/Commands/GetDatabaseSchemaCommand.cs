using System.Management.Automation;
using MigrationTools.Completion;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Hosting;

namespace MigrationTools.Commands;

/// <summary><c>Get-DatabaseSchema</c>: the tables of a database as its server describes them: columns, keys, indexes, checks. Changes nothing.</summary>
[Cmdlet(VerbsCommon.Get, "DatabaseSchema", DefaultParameterSetName = ByEndpoint)]
[OutputType(typeof(TableSchema))]
public sealed class GetDatabaseSchemaCommand : HostCommand
{
    private const string ByEndpoint = "Endpoint";
    private const string BySpec = "Spec";

    /// <summary><b>-Endpoint:</b> a database, such as sqlite:shop.db. Secrets by reference: ${env:NAME}.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByEndpoint)]
    [ValidateNotNullOrEmpty]
    public string? Endpoint { get; set; }

    /// <summary><b>-Spec:</b> a spec from Import-MigrationSpec.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = BySpec)]
    [ValidateNotNull]
    public MigrationSpec? Spec { get; set; }

    /// <summary><b>-Side:</b> which database of the spec.</summary>
    // A string: a field of one of the engine's value types would need the engine before the module is there to find it.
    [Parameter(ParameterSetName = BySpec)]
    [ValidateSet("Source", "Target")]
    public string Side { get; set; } = "Source";

    /// <summary><b>-System:</b> name of one database system of the spec; all of them where it is not given.</summary>
    [Parameter(ParameterSetName = BySpec)]
    [ArgumentCompleter(typeof(SystemCompleter))]
    [ValidateNotNullOrEmpty]
    public string? System { get; set; }

    /// <summary><b>-Table:</b> tables, with wildcards * and ?; all where it is not given.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TableCompleter))]
    public string[] Table { get; set; } = [];

    /// <summary><b>-Credential:</b> user and password for the server, in the place of what the endpoint says; kept nowhere.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    private protected override Credentials? Credentials => Credential?.GetNetworkCredential() is not { } credential ? null
        : Asked == EndpointSide.Source ? new Credentials(credential, null) : new Credentials(null, credential);

    private EndpointSide Asked => ParameterSetName == BySpec && Side.Equals("Target", StringComparison.OrdinalIgnoreCase) ? EndpointSide.Target : EndpointSide.Source;

    protected override void ProcessRecord() => Run((object?)Spec ?? EndpointRedaction.Redact(Endpoint ?? ""), (pipe, token) => pipe.EmitAsync(Engine.ReadTablesAsync(Request(), Asked, token), token));

    private DataRequest Request()
    {
        var endpoint = ParameterSetName == ByEndpoint ? MigrationTools.Engine.Endpoints.Endpoint.Parse(Endpoint!, SessionState.Path.CurrentFileSystemLocation.Path) : null;
        return new DataRequest { Spec = ParameterSetName == BySpec ? Spec : null, Source = endpoint, Target = endpoint, System = System, Tables = Table };
    }
}
