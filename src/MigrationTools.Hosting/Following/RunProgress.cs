using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Gates.Watching;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Hosting.Following;

/// <summary>A run at a moment, as its journal and its log tell it: enough for who watches it.</summary>
public sealed record RunProgress
{
    public required string RunId { get; init; }

    public required RunStatus Status { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Number of the journal's last entry.</summary>
    public required long Seq { get; init; }

    /// <summary>When that entry was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The phase of the step that is under way, or was last.</summary>
    public string? Phase { get; init; }

    public string? Step { get; init; }

    /// <summary>What that step does; while a run is taken back, what undoing it does.</summary>
    public string? Doing { get; init; }

    /// <summary>Whether the run is being taken back.</summary>
    public bool Undoing { get; init; }

    public required int StepsCommitted { get; init; }

    public required int StepsPlanned { get; init; }

    /// <summary>One a lane that the run has moved.</summary>
    public IReadOnlyList<RunShare> Shares { get; init; } = [];

    /// <summary>The gate that is watched now, with its figures; null where none is. It proves nothing: the gate decides at its end.</summary>
    public WatchedGate? Watching { get; init; }

    /// <summary>The last gate that decided.</summary>
    public GateResult? Gate { get; init; }

    /// <summary>Of the last step that was observed: each question with value and limit.</summary>
    public IReadOnlyList<RunCondition> Conditions { get; init; } = [];

    /// <summary>People's words that it waits for.</summary>
    public IReadOnlyList<RunWait> WaitingFor { get; init; } = [];

    /// <summary>The last line of the run's log on this host, such as a gate's measurement; null where there is none.</summary>
    public string? Log { get; init; }

    /// <summary>Why it stands where it stands.</summary>
    public required string Message { get; init; }

    /// <summary>Shares, values, and what it waits for, in one line.</summary>
    public string Summary => string.Join("; ", Parts().Where(part => part.Length > 0));

    private IEnumerable<string> Parts()
    {
        yield return string.Join(", ", Shares.Select(share => string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{share.Lane} {(share.TargetPercent is { } known ? $"{known:0.####} %" : "unknown")}")));
        if (WaitingFor.Count > 0)
        {
            yield return $"waits for an approval: {string.Join(", ", WaitingFor.Select(wait => $"{wait.Step} ({wait.For})"))}";
        }
        else if (Status == RunStatus.Running)
        {
            yield return Watching?.Summary ?? Log ?? Doing ?? "";
        }
        else
        {
            yield return Message;
        }
    }
}
