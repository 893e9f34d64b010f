namespace MigrationTools.Engine.Runs;

/// <summary>No run of that id.</summary>
public sealed class RunNotFoundException : MigrationToolsException
{
    public RunNotFoundException(string message)
        : base(ErrorIds.RunNotFound, message)
    {
    }
}
