using System.Management.Automation;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Commands;

/// <summary><c>Test-MigrationReadiness</c>: asks everything that must be so before a run starts.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MigrationReadiness", DefaultParameterSetName = ByObject)]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestMigrationReadinessCommand : SpecCommand
{
    /// <summary><b>-Quiet:</b> only whether a run would start.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void ProcessRecord() =>
        Run(Input, (pipe, token) => CheckOutput.EmitAsync(pipe, Engine.AssessReadinessAsync(ReadSpec(), pipe.Observer, token), Quiet, token));
}
