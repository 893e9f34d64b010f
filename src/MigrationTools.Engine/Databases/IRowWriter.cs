namespace MigrationTools.Engine.Databases;

/// <summary>A bulk write into one table, inside the session's transaction.</summary>
public interface IRowWriter : IAsyncDisposable
{
    /// <summary>Sends rows <paramref name="start"/> to <paramref name="start"/>+<paramref name="count"/>−1 of the batch, whose cells are already of the column's type.</summary>
    ValueTask WriteAsync(RowBatch batch, int start, int count, CancellationToken cancellationToken);

    /// <summary>Ends the bulk write and answers how many rows the server says it took. Without it, disposing cancels the write.</summary>
    ValueTask<long> CompleteAsync(CancellationToken cancellationToken);
}
