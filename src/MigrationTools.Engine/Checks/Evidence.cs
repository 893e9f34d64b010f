namespace MigrationTools.Engine.Checks;

/// <summary>What was seen: the query or command, the value, when and where.</summary>
/// <param name="Source">The query, command or file that was looked at. Never holds a secret.</param>
/// <param name="Observed">The value seen, as text; null where there was none.</param>
/// <param name="At">When it was seen.</param>
public sealed record Evidence(string Source, string? Observed, DateTimeOffset At)
{
    /// <summary>What would have been right, where that can be said.</summary>
    public string? Expected { get; init; }

    /// <summary>The redacted endpoint that was asked, where there is one.</summary>
    public string? Endpoint { get; init; }
}
