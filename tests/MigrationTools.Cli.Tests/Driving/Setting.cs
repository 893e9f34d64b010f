namespace MigrationTools.Cli.Tests.Driving;

/// <summary>Under what circumstances the program is called.</summary>
internal sealed record Setting
{
    /// <summary>All three streams are a terminal.</summary>
    public bool Terminal { get; init; }

    public bool Color { get; init; } = true;

    /// <summary>What is typed.</summary>
    public string Input { get; init; } = "";

    public Interruption? Interruption { get; init; }

    public TimeProvider? Time { get; init; }

    /// <summary>Sees everything that is written to standard error, as it is written.</summary>
    public Action<string>? OnErrorText { get; init; }
}
