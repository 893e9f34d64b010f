namespace MigrationTools.Engine.Runs.Journals;

/// <summary>A journal was edited, or is torn elsewhere than at its end. Nothing is done with such a run.</summary>
public sealed class JournalException : MigrationToolsException
{
    public JournalException(string message, Exception? innerException = null)
        : base(ErrorIds.JournalCorrupt, message, innerException)
    {
    }
}
