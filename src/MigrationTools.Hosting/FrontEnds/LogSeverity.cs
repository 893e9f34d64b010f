namespace MigrationTools.Hosting.FrontEnds;

/// <summary>How much a line of a log matters.</summary>
public enum LogSeverity
{
    Debug = 0,
    Information,
    Warning,
    Error,
}
