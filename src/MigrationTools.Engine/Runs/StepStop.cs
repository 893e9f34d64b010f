using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Runs;

/// <summary>Why a run can't go on past a step.</summary>
/// <param name="Verdict">Failed is answered by a rollback (if automatic); Error and Inconclusive hold the run.</param>
/// <param name="Message">For people.</param>
internal sealed record StepStop(Verdict Verdict, string Message);
