using System.Globalization;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Databases.Readiness;

/// <summary>Whether every row of a source table can be held by its target.</summary>
public sealed record TableCompatibility
{
    /// <summary>Name of the system in the spec; null without a spec.</summary>
    public string? System { get; init; }

    public required string Source { get; init; }

    public required string Target { get; init; }

    /// <summary>Rows really read; null where none had to be (see <see cref="Notes"/>) or could be.</summary>
    public long? Rows { get; init; }

    public IReadOnlyList<ColumnMisfit> Misfits { get; init; } = [];

    /// <summary>Columns about which nothing can be told from here, each with the reason.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>Passed where everything fits, Failed where something does not, Inconclusive where a column can't be told, Error where the source can't be read.</summary>
    public required Verdict Verdict { get; init; }

    public long DurationMs { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>As a check <c>compatibility:system/table</c>.</summary>
    public CheckResult ToCheck() => new()
    {
        Id = CheckIds.Of("compatibility", System, Target),
        Name = $"{Target} can hold every row of {Source}",
        Category = "compatibility",
        System = System,
        Verdict = Verdict,
        Message = string.Join("; ", Parts()),
        Remedy = Verdict switch
        {
            Verdict.Passed => null,
            Verdict.Failed => $"Widen the columns of {Target}, map them with an expression that makes the values fit, or correct the rows in the source.",
            Verdict.Inconclusive => "Map the named columns to a type that every engine knows, or skip this check with the reason why they fit.",
            _ => "Make the source readable and look again.",
        },
        Evidence = Evidence,
        Duration = TimeSpan.FromMilliseconds(DurationMs),
    };

    private IEnumerable<string> Parts()
    {
        if (Rows is { } rows)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{rows} rows read");
        }

        foreach (var misfit in Misfits)
        {
            var keys = misfit.SampleKeys.Count > 0 ? $" at {string.Join(", ", misfit.SampleKeys)}" : "";
            yield return string.Create(CultureInfo.InvariantCulture, $"{misfit.Column} ({misfit.ServerType}): {misfit.Count} × {misfit.Reason}{keys}");
        }

        foreach (var note in Unknown.Concat(Notes))
        {
            yield return note;
        }
    }
}
