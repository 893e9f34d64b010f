namespace MigrationTools.Engine.Runs;

/// <summary>Shorter ways to ask a store.</summary>
public static class RunStoreExtensions
{
    /// <summary>Takes a run over, however it stands.</summary>
    /// <exception cref="Journals.RunOwnedException">Another process has it.</exception>
    public static Task<RunHandle> TakeAsync(this IRunStore store, string runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.TakeAsync(runId, _ => { }, cancellationToken);
    }
}
