namespace MigrationTools.Engine.Databases;

/// <summary>Rows as they come from a server.</summary>
public interface IRowReader : IAsyncDisposable
{
    /// <summary>
    /// Fills <paramref name="batch"/> (cleared first) up to a few hundred rows or about a megabyte; false at the end, with the batch empty.
    /// A single larger value still arrives whole.
    /// </summary>
    /// <exception cref="DatabaseException">The server or the connection failed.</exception>
    ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancellationToken);
}
