namespace MigrationTools.Engine.Endpoints;

/// <summary>Where the values behind <c>${env:NAME}</c> and <c>${file:path}</c> come from.</summary>
public interface ISecretSource
{
    /// <summary>The value, or null where there is none.</summary>
    /// <param name="kind">env, file, or credential (what <see cref="Endpoint.WithCredential"/> puts in).</param>
    /// <param name="name">The variable's name or the file's path.</param>
    string? Find(string kind, string name);
}
