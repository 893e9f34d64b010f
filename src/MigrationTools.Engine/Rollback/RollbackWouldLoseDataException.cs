namespace MigrationTools.Engine.Rollback;

/// <summary>A rollback would lose data: what was written to the target since cut-over, or what the source no longer holds.</summary>
public sealed class RollbackWouldLoseDataException : MigrationToolsException
{
    public RollbackWouldLoseDataException(string message)
        : base(ErrorIds.RollbackWouldLoseData, message)
    {
    }
}
