using System.Management.Automation;
using MigrationTools.Hosting.Traffic;

namespace MigrationTools.Commands;

/// <summary><c>Get-TrafficSplit</c>: how routers share requests out.</summary>
[Cmdlet(VerbsCommon.Get, "TrafficSplit", DefaultParameterSetName = BySpec)]
[OutputType(typeof(LaneTraffic))]
public sealed class GetTrafficSplitCommand : TrafficCommand
{
    protected override void ProcessRecord() =>
        Run(Asked, (pipe, token) => pipe.EmitAsync(Engine.ReadTrafficAsync(Request(), token), token));
}
