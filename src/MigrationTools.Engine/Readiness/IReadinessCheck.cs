using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Readiness;

/// <summary>One kind of question about whether a migration can start. A new kind is one of these and one registration.</summary>
public interface IReadinessCheck
{
    /// <summary>The first part of the ids of its results, such as <c>dependency</c>; also names it where it breaks as a whole.</summary>
    string Category { get; }

    /// <summary>
    /// Looks, and streams an answer a question; nothing where the spec gives it nothing to ask. Implementations put every
    /// question through <see cref="ReadinessQuestion"/>, which leaves out what the spec skips and turns a break into an Error.
    /// Never changes a system, apart from scratch places of its own that it takes away again.
    /// </summary>
    IAsyncEnumerable<CheckResult> RunAsync(MigrationSpec spec, IOperationObserver observer, CancellationToken cancellationToken);
}
