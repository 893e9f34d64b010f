using MigrationTools.Engine;

namespace MigrationTools.Databases.Copying;

/// <summary>More rows were rejected than accepted by the spec; all that were seen are in the files of rejected rows.</summary>
public sealed class TooManyRejectedException : MigrationToolsException
{
    public TooManyRejectedException(string message)
        : base(ErrorIds.TooManyRejected, message)
    {
    }
}
