namespace MigrationTools.Engine.Databases;

/// <summary>Makes databases of one engine. A new engine is a folder with one of these and one registration.</summary>
public interface IDatabaseProvider
{
    /// <summary>URI schemes that it serves, such as postgresql and postgres.</summary>
    IReadOnlyList<string> Schemes { get; }

    /// <summary>Does not connect. Throws <see cref="Endpoints.EndpointException"/> where the URI does not fit the engine.</summary>
    IDatabase Open(Endpoints.Endpoint endpoint);
}
