using System.Management.Automation;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Commands;

/// <summary><c>Get-MigrationJournal</c>: what a run wrote down, entry by entry.</summary>
[Cmdlet(VerbsCommon.Get, "MigrationJournal")]
[OutputType(typeof(JournalEntry))]
public sealed class GetMigrationJournalCommand : RunCommand
{
    protected override void ProcessRecord() => Run(RunId, async (pipe, token) =>
    {
        foreach (var entry in await Engine.Runs.ReadJournalAsync(RunId, token))
        {
            pipe.Emit(entry);
        }
    });
}
