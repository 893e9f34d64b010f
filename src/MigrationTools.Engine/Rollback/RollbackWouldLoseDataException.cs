namespace MigrationTools.Engine.Rollback;

/// <summary>The target was written to since cut-over; a rollback would lose that.</summary>
public sealed class RollbackWouldLoseDataException : MigrationToolsException
{
    public RollbackWouldLoseDataException(string message)
        : base(ErrorIds.RollbackWouldLoseData, message)
    {
    }
}
