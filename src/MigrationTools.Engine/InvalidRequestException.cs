namespace MigrationTools.Engine;

/// <summary>The call asks for something that is not there or does not fit.</summary>
public sealed class InvalidRequestException : MigrationToolsException
{
    public InvalidRequestException(string message, Exception? innerException = null)
        : base(ErrorIds.InvalidRequest, message, innerException)
    {
    }
}
