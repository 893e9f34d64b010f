namespace MigrationTools.Engine.Runs;

/// <summary>A person's word that a run waits for.</summary>
/// <param name="Step">The step's id, as an approval names it.</param>
/// <param name="For">What would be done after it.</param>
/// <param name="Since">When the run began to wait.</param>
/// <param name="Until">When it stops waiting and holds; null where it holds already.</param>
public sealed record RunWait(string Step, string For, DateTimeOffset? Since, DateTimeOffset? Until);
