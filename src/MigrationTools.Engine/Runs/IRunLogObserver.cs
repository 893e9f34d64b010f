using MigrationTools.Engine.Operations;

namespace MigrationTools.Engine.Runs;

/// <summary>An observer with an open log; disposing closes the log.</summary>
public interface IRunLogObserver : IOperationObserver, IDisposable
{
}
