namespace MigrationTools.Engine.Traffic;

/// <summary>A router could not be asked or would not do what it was told: what was tried, on which router, what it said, what stands now.</summary>
public sealed class TrafficException : MigrationToolsException
{
    public TrafficException(string message, Exception? innerException = null)
        : base(ErrorIds.TrafficError, message, innerException)
    {
    }
}
