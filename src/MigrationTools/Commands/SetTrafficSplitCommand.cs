using System.Globalization;
using System.Management.Automation;
using MigrationTools.Engine;
using MigrationTools.Hosting;
using MigrationTools.Hosting.Traffic;
using MigrationTools.Internal;

namespace MigrationTools.Commands;

/// <summary><c>Set-TrafficSplit</c>: gives the new side of one lane a share of the new requests.</summary>
[Cmdlet(VerbsCommon.Set, "TrafficSplit", DefaultParameterSetName = BySpec, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(LaneTraffic))]
public sealed class SetTrafficSplitCommand : TrafficCommand
{
    /// <summary><b>-TargetPercent:</b> share of new requests that the new side gets, 0 to 100.</summary>
    [Parameter(Mandatory = true)]
    [ValidateRange(0, 100)]
    public decimal TargetPercent { get; set; }

    protected override void ProcessRecord()
    {
        TrafficRequest request;
        string what;
        try
        {
            request = Request();
            var (system, lane) = MigrationHost.LaneOf(request);
            what = string.Create(CultureInfo.InvariantCulture, $"{system.Endpoint}: {TargetPercent:0.####} % of the new requests of {lane.Name} to {lane.Target}");
        }
        catch (MigrationToolsException error)
        {
            WriteError(ErrorRecords.Of(error, Asked));
            return;
        }

        if (ShouldProcess(what, "Share requests out"))
        {
            Run(Asked, async (pipe, token) => pipe.Emit(await Engine.SetTrafficAsync(request, TargetPercent, token)));
        }
    }
}
