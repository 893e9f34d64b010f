using System.Management.Automation;
using MigrationTools.Engine.Strategies.Recommendation;

namespace MigrationTools.Commands;

/// <summary><c>Get-MigrationStrategy</c>: ranks the seven strategies for a spec, with reasons. Looks at the endpoints and changes nothing.</summary>
[Cmdlet(VerbsCommon.Get, "MigrationStrategy", DefaultParameterSetName = ByObject)]
[OutputType(typeof(StrategyAdvice))]
public sealed class GetMigrationStrategyCommand : SpecCommand
{
    /// <summary><b>-Window:</b> how long writers may be kept out.</summary>
    [Parameter]
    public TimeSpan? Window { get; set; }

    protected override void ProcessRecord() => Run(Input, async (pipe, token) =>
    {
        foreach (var advice in await Engine.RecommendAsync(ReadSpec(), Window, pipe.Observer, token))
        {
            pipe.Emit(advice);
        }
    });
}
