using System.Management.Automation;
using MigrationTools.Completion;
using MigrationTools.Engine.Runs;
using MigrationTools.Hosting.Following;

namespace MigrationTools.Commands;

/// <summary><c>Get-MigrationRun</c>: runs as their journals tell them, newest first.</summary>
[Cmdlet(VerbsCommon.Get, "MigrationRun")]
[OutputType(typeof(RunState), typeof(RunProgress))]
public sealed class GetMigrationRunCommand : HostCommand
{
    /// <summary><b>-RunId:</b> ids, with wildcards; all runs where it is not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [SupportsWildcards]
    public string[] RunId { get; set; } = ["*"];

    /// <summary><b>-Follow:</b> stays with each run and gives what changes, until nobody is at work on it any more.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var pattern in RunId)
        {
            foreach (var id in WildcardPattern.ContainsWildcardCharacters(pattern) ? Matching(pattern) : [pattern])
            {
                Run(id, async (pipe, token) =>
                {
                    if (Follow)
                    {
                        await pipe.EmitAsync(Engine.FollowAsync(id, token), token);
                        return;
                    }

                    pipe.Emit(await Engine.Runs.LookAsync(id, token));
                });
            }
        }
    }

    private List<string> Matching(string pattern)
    {
        var ids = new List<string>();
        var wanted = new WildcardPattern(pattern, WildcardOptions.IgnoreCase);
        Run(pattern, async (_, token) => ids.AddRange((await Engine.Runs.ListAsync(token)).Where(wanted.IsMatch)));
        return ids;
    }
}
