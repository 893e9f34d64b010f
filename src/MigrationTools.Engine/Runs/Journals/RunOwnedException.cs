namespace MigrationTools.Engine.Runs.Journals;

/// <summary>Another process owns the run, or another run is under way on the same systems.</summary>
public sealed class RunOwnedException : MigrationToolsException
{
    public RunOwnedException(string message, Exception? innerException = null)
        : base(ErrorIds.RunOwned, message, innerException)
    {
    }
}
