using System.Management.Automation;
using MigrationTools.Engine.Planning;

namespace MigrationTools.Commands;

/// <summary><c>New-MigrationPlan</c>: makes the plan of a spec. Looks at the endpoints and changes nothing.</summary>
[Cmdlet(VerbsCommon.New, "MigrationPlan", DefaultParameterSetName = ByObject)]
[OutputType(typeof(MigrationPlan))]
public sealed class NewMigrationPlanCommand : SpecCommand
{
    protected override void ProcessRecord() =>
        Run(Input, async (pipe, token) => pipe.Emit(await Engine.PlanAsync(ReadSpec(), pipe.Observer, token)));
}
