using System.Management.Automation;
using MigrationTools.Databases.Comparison;

namespace MigrationTools.Commands;

/// <summary><c>Compare-DataChecksum</c>: compares every row of two databases, table by table.</summary>
[Cmdlet(VerbsData.Compare, "DataChecksum", DefaultParameterSetName = BySpec)]
[OutputType(typeof(TableComparison), typeof(Job))]
public sealed class CompareDataChecksumCommand : DataCommand
{
    /// <summary><b>-MaxDifferences:</b> differences listed a table; all are counted.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaxDifferences { get; set; } = 100;

    /// <summary><b>-Parallelism:</b> tables compared at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int Parallelism { get; set; } = 2;

    /// <summary><b>-AsJob:</b> works in the background and gives the job; Receive-Job gives the results.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    private protected override bool RunsAsJob => AsJob;

    protected override void ProcessRecord() => Run(
        Input,
        () => (Engine, Request: Request(Parallelism), Options: new ComparisonOptions { MaxDifferences = MaxDifferences }),
        (pipe, given, token) => pipe.EmitAsync(given.Engine.CompareAsync(given.Request, given.Options, pipe.Observer, token), token));
}
