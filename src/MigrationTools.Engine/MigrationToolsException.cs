namespace MigrationTools.Engine;

/// <summary>
/// An error for the person who will act on it: what failed, where, what was seen, what to do. Subclasses are one kind
/// of failure each; <see cref="ErrorId"/> is stable, and scripts may depend on it.
/// </summary>
public abstract class MigrationToolsException : Exception
{
    protected MigrationToolsException(string errorId, string message, Exception? innerException = null)
        : base(message, innerException) => ErrorId = errorId;

    /// <summary>One of <see cref="ErrorIds"/>.</summary>
    public string ErrorId { get; }
}
