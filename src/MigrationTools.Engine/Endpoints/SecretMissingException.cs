namespace MigrationTools.Engine.Endpoints;

/// <summary>A reference to a secret has nothing behind it.</summary>
public sealed class SecretMissingException : MigrationToolsException
{
    public SecretMissingException(string reference)
        : base(ErrorIds.SecretMissing, $"{reference} has no value: set the environment variable or make the file readable.")
    {
    }
}
