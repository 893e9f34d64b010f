using System.Management.Automation;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Commands;

/// <summary><c>Test-MigrationBackup</c>: looks at the backups that a spec names, and proves them as far as it asks: declared, verified or restored.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MigrationBackup", DefaultParameterSetName = ByObject)]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestMigrationBackupCommand : SpecCommand
{
    /// <summary><b>-Quiet:</b> only whether every backup is as good as the spec asks; false where it names none.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void ProcessRecord() =>
        Run(Input, (pipe, token) => CheckOutput.EmitAsync(pipe, Engine.CheckBackupsAsync(ReadSpec(), pipe.Observer, token), Quiet, token));
}
