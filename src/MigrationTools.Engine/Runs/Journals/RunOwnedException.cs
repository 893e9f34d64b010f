namespace MigrationTools.Engine.Runs.Journals;

/// <summary>Another process owns the run, or another run is under way on the same systems.</summary>
public sealed class RunOwnedException : MigrationToolsException
{
    public RunOwnedException(string message, Exception? innerException = null)
        : base(ErrorIds.RunOwned, message, innerException)
    {
    }

    private RunOwnedException(string errorId, string message)
        : base(errorId, message)
    {
    }

    /// <summary>Somebody took over a run that this process was carrying out: other than where it could not be taken at all, something was done.</summary>
    public static RunOwnedException Overtaken(string message) => new(ErrorIds.RunOvertaken, message);
}
