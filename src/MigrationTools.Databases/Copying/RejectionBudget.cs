namespace MigrationTools.Databases.Copying;

/// <summary>Counts rejected rows over all tables of a copy. Thread-safe.</summary>
/// <param name="accepted">How many the spec accepts.</param>
/// <param name="earlier">Rows that earlier attempts rejected in committed chunks.</param>
/// <param name="directory">Where the files are, for the error.</param>
internal sealed class RejectionBudget(long accepted, long earlier, string directory)
{
    private long _count = earlier;

    /// <exception cref="TooManyRejectedException">This one is past what is accepted.</exception>
    public void Add(string table, string reason)
    {
        var count = Interlocked.Increment(ref _count);
        if (count > accepted)
        {
            throw new TooManyRejectedException(
                $"The target can't take {count} rows, and {(accepted == 0 ? "none" : $"only {accepted}")} may be rejected. The last one, of table '{table}': {reason} "
                + $"The rows with their reasons are in {directory}. Mend them, the mapping or the target, or accept more; then resume.");
        }
    }
}
