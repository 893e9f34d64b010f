using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Engine.Runs;

/// <summary>A run in this process's hands: nobody else can write to it until it is disposed.</summary>
public sealed record RunHandle(string RunId, string Directory, MigrationPlan Plan, IJournal Journal) : IAsyncDisposable
{
    /// <summary>The run as it stands now.</summary>
    public RunState State() => RunState.Fold(RunId, Directory, Plan, Journal.Entries, owned: true);

    public ValueTask DisposeAsync() => Journal.DisposeAsync();
}
