namespace MigrationTools.Engine.Specs;

/// <summary>Programs that stand for what a router can't be told otherwise; each a program and its arguments, run without a shell.</summary>
public sealed record RouterProgramsSpec
{
    /// <summary>Prints the target's share in percent (router command).</summary>
    public IReadOnlyList<string> Get { get; init; } = [];

    /// <summary>Sets the target's share; <c>{percent}</c>, <c>{lane}</c>, <c>{source}</c> and <c>{target}</c> in its arguments are replaced (router command).</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Checks the configuration before it is loaded (nginx: <c>nginx -t</c>).</summary>
    public IReadOnlyList<string> Check { get; init; } = [];

    /// <summary>Loads the configuration (nginx: <c>nginx -s reload</c>).</summary>
    public IReadOnlyList<string> Reload { get; init; } = [];

    /// <summary>Time limit of each.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
