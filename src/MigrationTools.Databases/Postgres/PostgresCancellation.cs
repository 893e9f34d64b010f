namespace MigrationTools.Databases.Postgres;

/// <summary>
/// Cancels what a connection's COPY does by asking the server, as psql does on Ctrl+C, so that the server stops working too: a
/// connection that is only closed is noticed when the server next sends, which a long sort or a lock puts off. Where the server
/// does not answer in time, <see cref="Token"/> cuts the connection.
/// </summary>
internal sealed class PostgresCancellation : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly PostgresConnection _connection;
    private readonly CancellationTokenSource _cut = new();
    private readonly CancellationTokenRegistration _registration;
    private Task _asking = Task.CompletedTask;

    public PostgresCancellation(PostgresConnection connection, CancellationToken cancellationToken)
    {
        _connection = connection;
        _registration = cancellationToken.UnsafeRegister(static state => ((PostgresCancellation)state!).Ask(), this);
    }

    /// <summary>For the driver: cancelled only when the server has not answered.</summary>
    public CancellationToken Token => _cut.Token;

    public async ValueTask DisposeAsync()
    {
        // Waits for a callback that runs, so that _asking is the last word; a question under way must not reach the connection's next statement.
        await _registration.DisposeAsync().ConfigureAwait(false);
        await _asking.ConfigureAwait(false);
        _cut.Dispose();
    }

    private void Ask()
    {
        _cut.CancelAfter(Patience);
        _asking = Task.Run(() => _connection.CancelOnServerAsync(_cut.Token));
    }
}
