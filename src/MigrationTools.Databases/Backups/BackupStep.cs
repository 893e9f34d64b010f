using MigrationTools.Engine.Checks;

namespace MigrationTools.Databases.Backups;

/// <summary>What trying to prove one level gave.</summary>
/// <param name="Verdict">Passed where the level is proved.</param>
/// <param name="Message">What was seen.</param>
internal sealed record BackupStep(Verdict Verdict, string Message)
{
    public string? Remedy { get; init; }

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];
}
