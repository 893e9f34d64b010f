using System.Collections;
using System.Management.Automation;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Internal;

namespace MigrationTools.Commands;

/// <summary><c>Invoke-MigrationStrategy</c>: plans, assesses readiness and runs. With -WhatIf it gives the plan and changes nothing.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MigrationStrategy", DefaultParameterSetName = ByObject, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RunState), typeof(MigrationPlan), typeof(Job))]
public sealed class InvokeMigrationStrategyCommand : SpecCommand
{
    /// <summary><b>-Waive:</b> checks that you answer for: id (wildcards) = why.</summary>
    [Parameter]
    public Hashtable? Waive { get; set; }

    /// <summary><b>-MaxRuntime:</b> stop at the next step boundary after this time; the run can be resumed.</summary>
    [Parameter]
    public TimeSpan? MaxRuntime { get; set; }

    /// <summary><b>-AsJob:</b> works in the background and gives the job; Receive-Job gives the results.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    private protected override bool RunsAsJob => AsJob;

    protected override void ProcessRecord()
    {
        if (!ShouldProcess(Path ?? Spec!.Name, "Run the migration"))
        {
            if (MyInvocation.BoundParameters.TryGetValue("WhatIf", out var whatIf) && (SwitchParameter)whatIf)
            {
                Run(Input, () => (Engine, Spec: ReadSpec()), async (pipe, given, token) => pipe.Emit(await given.Engine.PlanAsync(given.Spec, pipe.Observer, token)));
            }

            return;
        }

        Run(Input, () => (Engine, Spec: ReadSpec(), Options: Options()), async (pipe, given, token) => pipe.Emit(await given.Engine.RunAsync(given.Spec, given.Options, pipe.Observer, token)));
    }

    private RunOptions Options() => new()
    {
        MaxRuntime = MaxRuntime,
        Waivers = WaiverTable.Read(Waive),
    };
}
