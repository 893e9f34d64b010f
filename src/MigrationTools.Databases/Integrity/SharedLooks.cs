using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Integrity;

/// <summary>One look a database, opened when first asked for and closed together. Not thread-safe.</summary>
internal sealed class SharedLooks(DatabaseCatalog catalog, TimeProvider time) : IAsyncDisposable
{
    private readonly Dictionary<Endpoint, Look> _looks = [];

    public async Task<Look> GetAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        if (_looks.TryGetValue(endpoint, out var known))
        {
            return known;
        }

        var database = catalog.Open(endpoint);
        try
        {
            return _looks[endpoint] = await Look.OpenAsync(database, time, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var look in _looks.Values)
        {
            await look.DisposeAsync().ConfigureAwait(false);
            await look.Database.DisposeAsync().ConfigureAwait(false);
        }
    }
}
