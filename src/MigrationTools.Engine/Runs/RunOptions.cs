namespace MigrationTools.Engine.Runs;

/// <summary>How a run is carried out.</summary>
public sealed record RunOptions
{
    /// <summary>Checks that a person answers for: check id (wildcards) → why.</summary>
    public IReadOnlyDictionary<string, string> Waivers { get; init; } = new Dictionary<string, string>();

    /// <summary>Who runs it: named in the journal and in waivers.</summary>
    public string User { get; init; } = Environment.UserName;

    /// <summary>Stop at the next step boundary after this time, to be resumed; null for no limit.</summary>
    public TimeSpan? MaxRuntime { get; init; }

    /// <summary>For a rollback of a phased run: back to and with this phase, the later ones first; null for all of it.</summary>
    public string? Phase { get; init; }

    /// <summary>For a rollback: writes made since cut-over may be lost.</summary>
    public bool AcceptDataLoss { get; init; }
}
