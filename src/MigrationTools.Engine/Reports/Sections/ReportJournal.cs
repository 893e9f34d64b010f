namespace MigrationTools.Engine.Reports.Sections;

/// <summary>The record that the report is told from.</summary>
public sealed record ReportJournal
{
    public required int Entries { get; init; }

    /// <summary>The last entry's hash: it stands for the whole journal, for each entry's hash covers the one before. Null where there is no entry.</summary>
    public string? LastHash { get; init; }

    public DateTimeOffset? LastAt { get; init; }

    /// <summary>Bytes of torn lines found and removed by later owners.</summary>
    public required long TornBytes { get; init; }

    public required IReadOnlyList<ReportOwner> Owners { get; init; }

    /// <summary>The version that began the run; null where it was not written.</summary>
    public string? StartedByVersion { get; init; }

    /// <summary>Who began the run; null where it was not written.</summary>
    public string? User { get; init; }
}
