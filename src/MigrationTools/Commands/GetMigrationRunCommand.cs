using System.Management.Automation;
using MigrationTools.Completion;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Commands;

/// <summary><c>Get-MigrationRun</c>: runs as their journals tell them, newest first.</summary>
[Cmdlet(VerbsCommon.Get, "MigrationRun")]
[OutputType(typeof(RunState))]
public sealed class GetMigrationRunCommand : HostCommand
{
    /// <summary><b>-RunId:</b> ids, with wildcards; all runs where it is not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [SupportsWildcards]
    public string[] RunId { get; set; } = ["*"];

    protected override void ProcessRecord()
    {
        foreach (var pattern in RunId)
        {
            var ids = WildcardPattern.ContainsWildcardCharacters(pattern)
                ? Engine.Runs.List().Where(new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch).ToList()
                : [pattern];
            foreach (var id in ids)
            {
                Run(id, async (pipe, token) => pipe.Emit(await Engine.Runs.LookAsync(id, token)));
            }
        }
    }
}
