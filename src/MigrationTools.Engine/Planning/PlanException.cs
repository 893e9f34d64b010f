namespace MigrationTools.Engine.Planning;

/// <summary>No plan can be made of the spec, or a plan is not the one that it was.</summary>
public sealed class PlanException : MigrationToolsException
{
    public PlanException(string errorId, string message, Exception? innerException = null)
        : base(errorId, message, innerException)
    {
    }
}
