using System.Management.Automation;
using MigrationTools.Databases.Copying;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Commands;

/// <summary><c>Copy-MigrationData</c>: copies tables without a run; missing tables are made from the source's structure.</summary>
[Cmdlet(VerbsCommon.Copy, "MigrationData", DefaultParameterSetName = BySpec, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(TableCopyResult), typeof(Job))]
public sealed class CopyMigrationDataCommand : DataCommand
{
    /// <summary><b>-Parallelism:</b> tables copied at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int Parallelism { get; set; } = 2;

    /// <summary><b>-ChunkRows:</b> rows in one committed chunk.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int ChunkRows { get; set; } = 50_000;

    /// <summary><b>-MaxRejected:</b> rejected rows that are accepted.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long MaxRejected { get; set; }

    /// <summary><b>-MaxRowsPerSecond:</b> upper bound of the speed.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? MaxRowsPerSecond { get; set; }

    /// <summary><b>-AsJob:</b> works in the background and gives the job; Receive-Job gives the results.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    private protected override bool RunsAsJob => AsJob;

    protected override void ProcessRecord()
    {
        if (ShouldProcess(Input.ToString(), "Copy data"))
        {
            var copy = new CopySpec { Parallelism = Parallelism, ChunkRows = ChunkRows, MaxRejected = MaxRejected, MaxRowsPerSecond = MaxRowsPerSecond };
            Run(Input, () => (Engine, Request: Request() with { Parallelism = Parallelism }), (pipe, given, token) => pipe.EmitAsync(given.Engine.CopyAsync(given.Request, copy, pipe.Observer, token), token));
        }
    }
}
