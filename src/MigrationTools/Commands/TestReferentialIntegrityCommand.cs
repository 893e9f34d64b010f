using System.Management.Automation;
using MigrationTools.Databases.Integrity;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Commands;

/// <summary><c>Test-ReferentialIntegrity</c>: counts and samples rows of the target that refer to nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ReferentialIntegrity", DefaultParameterSetName = BySpec)]
[OutputType(typeof(ReferentialResult), typeof(bool))]
public sealed class TestReferentialIntegrityCommand : DataCommand
{
    /// <summary><b>-Quiet:</b> only whether every foreign key holds.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void ProcessRecord() => Run(Input, async (pipe, token) =>
    {
        var verdicts = new List<Verdict>();
        await foreach (var result in Engine.CheckReferencesAsync(Request(), pipe.Observer, token))
        {
            verdicts.Add(result.Verdict);
            if (!Quiet)
            {
                pipe.Emit(result);
            }
        }

        if (Quiet)
        {
            pipe.Emit(Verdicts.Combine(verdicts).LetsPass());
        }
    });
}
