using System.Management.Automation;
using MigrationTools.Hosting;

namespace MigrationTools.Commands;

/// <summary>A cmdlet that connects to the databases of a spec, of a run or of endpoints.</summary>
public abstract class ConnectingCommand : HostCommand
{
    /// <summary><b>-SourceCredential:</b> user and password for the source's server, in the place of what its endpoint says; kept nowhere.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? SourceCredential { get; set; }

    /// <summary><b>-TargetCredential:</b> user and password for the target's server, in the place of what its endpoint says; kept nowhere.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? TargetCredential { get; set; }

    private protected sealed override Credentials? Credentials =>
        SourceCredential is null && TargetCredential is null ? null : new Credentials(SourceCredential?.GetNetworkCredential(), TargetCredential?.GetNetworkCredential());
}
