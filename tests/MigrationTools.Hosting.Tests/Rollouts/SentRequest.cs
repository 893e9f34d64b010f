namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>A request as its client saw it.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="Status">The answer's status; null where there was none.</param>
/// <param name="Version">The version that answered; null where the answer did not say.</param>
internal sealed record SentRequest(DateTimeOffset At, int? Status, string? Version)
{
    public string Path { get; init; } = "";

    public string? Error { get; init; }

    /// <summary>Whether its connection, used before, was reset in its face, so that the client sent it again.</summary>
    public bool SentAgain { get; init; }
}
