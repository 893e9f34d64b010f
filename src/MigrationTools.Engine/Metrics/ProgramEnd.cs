namespace MigrationTools.Engine.Metrics;

/// <summary>How a program came to its end.</summary>
public enum ProgramEnd
{
    /// <summary>It could not be started.</summary>
    NotStarted = 0,

    /// <summary>It ended by itself, with an exit code.</summary>
    Exited,

    /// <summary>It was ended when its time was over.</summary>
    TimedOut,
}
