namespace MigrationTools.Engine.Endpoints;

/// <summary>Secrets from this process's environment and from files (relative paths from <paramref name="baseDirectory"/>; one trailing line end is not part of the secret).</summary>
public sealed class EnvironmentSecretSource(string baseDirectory) : ISecretSource
{
    public string? Find(string kind, string name) => kind switch
    {
        "env" => Environment.GetEnvironmentVariable(name),
        "file" => ReadFile(Path.Combine(baseDirectory, name)),
        _ => null,
    };

    private static string? ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var text = File.ReadAllText(path);
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
    }
}
