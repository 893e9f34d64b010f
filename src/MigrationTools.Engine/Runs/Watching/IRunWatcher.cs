using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Runs.Watching;

/// <summary>Hears of a run while it goes, in the journal's own words: what it is told is on the disk already. It must not fail, nor keep the run waiting.</summary>
public interface IRunWatcher
{
    /// <summary>This process has the run in its hands now.</summary>
    /// <param name="run">The run.</param>
    /// <param name="spec">The spec of a run that begins; null for one that is taken over.</param>
    /// <param name="cancellationToken">Ends it.</param>
    ValueTask TakenAsync(RunHandle run, MigrationSpec? spec, CancellationToken cancellationToken);

    ValueTask AppendedAsync(RunHandle run, JournalEntry entry);

    /// <summary>The run is about to be let go.</summary>
    ValueTask ReleasingAsync(RunHandle run);
}
