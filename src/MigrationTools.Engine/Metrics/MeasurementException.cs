namespace MigrationTools.Engine.Metrics;

/// <summary>A measure broke: its program failed, its request got no answer, its time ran out.</summary>
public sealed class MeasurementException : MigrationToolsException
{
    public MeasurementException(string message, Exception? innerException = null)
        : base(ErrorIds.MeasurementFailed, message, innerException)
    {
    }
}
