namespace MigrationTools.Engine.Endpoints;

/// <summary>
/// Secrets from this process's environment and from files (relative paths from <paramref name="baseDirectory"/>; one trailing
/// line end is not part of the secret). An empty variable or file counts as missing: it is what a pipeline gives where its secret was not set.
/// </summary>
public sealed class EnvironmentSecretSource(string baseDirectory) : ISecretSource
{
    // A secret is a line or a key, never more than this; a wrong path should not read a database into memory.
    private const int MaxFileBytes = 64 * 1024;

    public string? Find(string kind, string name)
    {
        var value = kind switch
        {
            "env" => Environment.GetEnvironmentVariable(name),
            "file" => ReadFile(Path.Combine(baseDirectory, name)),
            _ => null,
        };
        return string.IsNullOrEmpty(value) ? null : value;
    }

    private static string? ReadFile(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var buffer = new char[MaxFileBytes + 1];
            var count = reader.ReadBlock(buffer);
            return count > MaxFileBytes ? null : WithoutLineEnd(new string(buffer, 0, count));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Missing and unreadable are the same to who waits for the secret; SecretMissingException says to mend either.
            return null;
        }
    }

    private static string WithoutLineEnd(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
}
