using System.Management.Automation;
using MigrationTools.Databases.Integrity;

namespace MigrationTools.Commands;

/// <summary><c>Test-BusinessRule</c>: runs the spec's business rules.</summary>
[Cmdlet(VerbsDiagnostic.Test, "BusinessRule", DefaultParameterSetName = BySpec)]
[OutputType(typeof(BusinessRuleResult), typeof(bool))]
public sealed class TestBusinessRuleCommand : SystemCommand
{
    /// <summary><b>-Quiet:</b> only whether every rule holds.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void ProcessRecord() =>
        Run(Input, (pipe, token) => CheckOutput.EmitAsync(pipe, Engine.CheckRulesAsync(Request(), pipe.Observer, token), result => result.Verdict, Quiet, token));
}
