using System.Management.Automation;
using MigrationTools.Databases.Integrity;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Commands;

/// <summary><c>Test-BusinessRule</c>: runs the spec's business rules.</summary>
[Cmdlet(VerbsDiagnostic.Test, "BusinessRule", DefaultParameterSetName = BySpec)]
[OutputType(typeof(BusinessRuleResult), typeof(bool))]
public sealed class TestBusinessRuleCommand : DataCommand
{
    /// <summary><b>-Quiet:</b> only whether every rule holds.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void ProcessRecord() => Run(Input, async (pipe, token) =>
    {
        var verdicts = new List<Verdict>();
        await foreach (var result in Engine.CheckRulesAsync(Request(), pipe.Observer, token))
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
