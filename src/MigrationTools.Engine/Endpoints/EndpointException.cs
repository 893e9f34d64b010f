namespace MigrationTools.Engine.Endpoints;

/// <summary>An endpoint URI can't be understood.</summary>
public sealed class EndpointException : MigrationToolsException
{
    public EndpointException(string message, Exception? innerException = null)
        : base(ErrorIds.EndpointInvalid, message, innerException)
    {
    }
}
