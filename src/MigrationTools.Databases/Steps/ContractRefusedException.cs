using MigrationTools.Engine;

namespace MigrationTools.Databases.Steps;

/// <summary>What was to be removed of a source is still needed, or can't be told to be safe; nothing was removed.</summary>
public sealed class ContractRefusedException : MigrationToolsException
{
    public ContractRefusedException(string message)
        : base(ErrorIds.ContractRefused, message)
    {
    }
}
