namespace MigrationTools.Engine.Specs;

/// <summary>Something that is moved by programs: a deployment, a feature flag, a script.</summary>
public sealed record CommandSystemSpec : SystemSpec
{
    public override string Kind => "command";

    public override bool Contracts => At == CommandPhase.Contract;

    /// <summary>The phase in which it runs: expand (before data is copied) or cutOver.</summary>
    public CommandPhase At { get; init; } = CommandPhase.CutOver;

    /// <summary>The program that moves it, and its arguments; no shell.</summary>
    public required IReadOnlyList<string> Do { get; init; }

    /// <summary>The program that moves it back; empty exactly where <see cref="Irreversible"/> says why there is none.</summary>
    public IReadOnlyList<string> Undo { get; init; } = [];

    public string? Irreversible { get; init; }

    /// <summary>The program whose trimmed output tells where it stands.</summary>
    public required IReadOnlyList<string> Look { get; init; }

    /// <summary>What <see cref="Look"/> says once it is moved.</summary>
    public required Expectation Done { get; init; }

    /// <summary>What <see cref="Look"/> says before it is moved and once it is moved back; null for "anything but <see cref="Done"/>".</summary>
    public Expectation? Undone { get; init; }

    /// <summary>Variables for the programs; values may be references to secrets and are resolved when a program starts.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Time limit of each program.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);
}
