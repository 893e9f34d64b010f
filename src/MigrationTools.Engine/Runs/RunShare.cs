namespace MigrationTools.Engine.Runs;

/// <summary>How a lane's traffic is shared out, as a run's steps saw it last.</summary>
/// <param name="System">The traffic system.</param>
/// <param name="Lane">The lane.</param>
/// <param name="TargetPercent">Share of new requests that the router gave to the new side; null where it did not say.</param>
/// <param name="At">When that was seen.</param>
public sealed record RunShare(string System, string Lane, decimal? TargetPercent, DateTimeOffset At);
