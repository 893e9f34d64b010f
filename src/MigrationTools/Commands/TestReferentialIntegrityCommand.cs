using System.Management.Automation;
using MigrationTools.Databases.Integrity;

namespace MigrationTools.Commands;

/// <summary><c>Test-ReferentialIntegrity</c>: counts and samples rows of the target that refer to nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ReferentialIntegrity", DefaultParameterSetName = BySpec)]
[OutputType(typeof(ReferentialResult), typeof(bool))]
public sealed class TestReferentialIntegrityCommand : DataCommand
{
    /// <summary><b>-Quiet:</b> only whether every foreign key holds.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void ProcessRecord() =>
        Run(Input, (pipe, token) => CheckOutput.EmitAsync(pipe, Engine.CheckReferencesAsync(Request(), pipe.Observer, token), result => result.Verdict, Quiet, token));
}
