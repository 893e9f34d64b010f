namespace MigrationTools.Engine.Metrics;

/// <summary>A program to run, without a shell.</summary>
public sealed record ProgramCall
{
    /// <summary>The program and its arguments. They show in the machine's process list: never a secret.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    public required string Directory { get; init; }

    /// <summary>Variables set for it besides this process's own; the place for secrets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>When it is ended, with all that it started; null lets it run.</summary>
    public TimeSpan? Timeout { get; init; }
}
