using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Cli.Runs;

/// <summary>Hears of a run while it goes, in the journal's own words: what it is told is on the disk already.</summary>
internal interface IRunWatcher
{
    /// <summary>This process has the run in its hands now.</summary>
    void Taken(RunHandle run, bool isNew);

    void Appended(RunHandle run, JournalEntry entry);
}
