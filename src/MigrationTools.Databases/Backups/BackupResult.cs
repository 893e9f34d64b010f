using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Backups;

/// <summary>How much of a backup was proved.</summary>
public sealed record BackupResult
{
    /// <summary>Name of the database system.</summary>
    public required string System { get; init; }

    public EndpointSide Side { get; init; }

    public required string File { get; init; }

    public BackupFormat Format { get; init; }

    /// <summary>Null where there is no file.</summary>
    public long? Bytes { get; init; }

    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>The level that was asked for.</summary>
    public required BackupProof Asked { get; init; }

    /// <summary>The highest level that was proved; null where not even the file is as it should be.</summary>
    public BackupProof? Reached { get; init; }

    /// <summary>Passed only where the level asked for was reached: a lower one is never taken for it.</summary>
    public required Verdict Verdict { get; init; }

    public string Message { get; init; } = "";

    /// <summary>What would prove it; null where it is proved.</summary>
    public string? Remedy { get; init; }

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    public long DurationMs { get; init; }

    /// <summary>As a check <c>backup:system.side</c>.</summary>
    public CheckResult ToCheck() => new()
    {
        Id = $"backup:{System}.{(Side == EndpointSide.Source ? "source" : "target")}",
        Name = $"there is a backup of {System}, {Word(Asked)}",
        Category = "backup",
        System = System,
        Verdict = Verdict,
        Message = Message,
        Remedy = Remedy,
        Evidence = Evidence,
        Duration = TimeSpan.FromMilliseconds(DurationMs),
    };

    internal static string Word(BackupProof proof) => proof switch
    {
        BackupProof.Declared => "declared",
        BackupProof.Verified => "verified",
        _ => "restored",
    };
}
