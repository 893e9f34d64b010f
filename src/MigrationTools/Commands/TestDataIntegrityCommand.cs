using System.Management.Automation;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Commands;

/// <summary><c>Test-DataIntegrity</c>: all proofs of data together, and the integrity score.</summary>
[Cmdlet(VerbsDiagnostic.Test, "DataIntegrity", DefaultParameterSetName = BySpec)]
[OutputType(typeof(CheckResult), typeof(IntegrityScore), typeof(bool), typeof(Job))]
public sealed class TestDataIntegrityCommand : DataCommand
{
    /// <summary><b>-Quiet:</b> only whether every required check passed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary><b>-Score:</b> only the integrity score.</summary>
    [Parameter]
    public SwitchParameter Score { get; set; }

    /// <summary><b>-AsJob:</b> works in the background and gives the job; Receive-Job gives the results.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    private protected override bool RunsAsJob => AsJob;

    protected override void ProcessRecord() => Run(Input, () => (Engine, Request: Request()), async (pipe, given, token) =>
    {
        var checks = new List<CheckResult>();
        await foreach (var check in given.Engine.CheckIntegrityAsync(given.Request, pipe.Observer, token))
        {
            checks.Add(check);
            if (!Quiet && !Score)
            {
                pipe.Emit(check);
            }
        }

        if (Score)
        {
            pipe.Emit(IntegrityScore.Of(checks));
        }
        else if (Quiet)
        {
            pipe.Emit(Verdicts.Combine(checks.Where(check => check.Required)).LetsPass());
        }
    });
}
