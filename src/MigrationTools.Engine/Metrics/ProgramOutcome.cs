namespace MigrationTools.Engine.Metrics;

/// <summary>What running a program gave.</summary>
/// <param name="End">How it came to its end.</param>
/// <param name="ExitCode">Meaningful only where it exited.</param>
/// <param name="Output">Standard output, cut where it was too long to be kept.</param>
/// <param name="Error">Standard error, likewise; for a program that was not started, why.</param>
public sealed record ProgramOutcome(ProgramEnd End, int ExitCode, string Output, string Error)
{
    /// <summary>It ended by itself, with exit code 0.</summary>
    public bool Succeeded => End == ProgramEnd.Exited && ExitCode == 0;
}
