using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Engine.Databases;

/// <summary>The database engines that are wired in, by URI scheme.</summary>
public sealed class DatabaseCatalog
{
    private readonly Dictionary<string, IDatabaseProvider> _byScheme = new(StringComparer.OrdinalIgnoreCase);

    public DatabaseCatalog(IEnumerable<IDatabaseProvider> providers)
    {
        ArgumentNullException.ThrowIfNull(providers);
        foreach (var provider in providers)
        {
            foreach (var scheme in provider.Schemes)
            {
                _byScheme.Add(scheme, provider);
            }
        }
    }

    public IReadOnlyCollection<string> Schemes => _byScheme.Keys;

    /// <summary>Opens the database behind an endpoint, without connecting.</summary>
    /// <exception cref="EndpointException">No engine of that scheme is wired in.</exception>
    public IDatabase Open(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return _byScheme.TryGetValue(endpoint.Scheme, out var provider)
            ? provider.Open(endpoint)
            : throw new EndpointException(
                $"'{endpoint}': no database engine for the scheme '{endpoint.Scheme}'. Use one of: {string.Join(", ", _byScheme.Keys.Order(StringComparer.Ordinal))}.");
    }
}
