namespace MigrationTools.Engine.Runs;

/// <summary>A step took longer than its plan allows.</summary>
public sealed class StepTimeoutException : MigrationToolsException
{
    public StepTimeoutException(string message)
        : base(ErrorIds.StepTimeout, message)
    {
    }
}
