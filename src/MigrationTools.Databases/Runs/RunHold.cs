namespace MigrationTools.Databases.Runs;

/// <summary>Who holds a run.</summary>
/// <param name="Epoch">Counted up by every owner: only who holds the newest may write.</param>
/// <param name="Owner">The process, for people.</param>
/// <param name="Until">When the lease runs out unless it is renewed; null where it was given back.</param>
internal sealed record RunHold(long Epoch, string? Owner, DateTimeOffset? Until)
{
    public bool IsHeldAt(DateTimeOffset now) => Until > now;
}
