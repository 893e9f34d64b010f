using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Integrity;

/// <summary>Whether a business rule holds.</summary>
public sealed record BusinessRuleResult
{
    public required string Name { get; init; }

    /// <summary>Name of the database system.</summary>
    public required string System { get; init; }

    public EndpointSide Side { get; init; }

    /// <summary>What the spec expects, such as <c>= 0</c>.</summary>
    public required string Expected { get; init; }

    /// <summary>The value that the query gave; null for NULL, no row, more than one value, or a query that failed.</summary>
    public string? Observed { get; init; }

    /// <summary>Passed, Failed, Inconclusive (no value, more than one, or one without an order against the expected one) or Error (the query failed).</summary>
    public required Verdict Verdict { get; init; }

    public long DurationMs { get; init; }

    public string Message { get; init; } = "";

    /// <summary>Its share in the integrity score.</summary>
    public double Weight { get; init; } = 1;

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>As a check <c>rule:name</c>.</summary>
    public CheckResult ToCheck() => new()
    {
        Id = $"rule:{CheckIds.PartOf(Name)}",
        Name = Name,
        Category = "rule",
        System = System,
        Verdict = Verdict,
        Message = Message,
        Weight = Weight,
        Remedy = Verdict switch
        {
            Verdict.Passed => null,
            Verdict.Failed => "Correct the rows that break the rule, or the rule itself.",
            Verdict.Inconclusive => "Make the rule's query give one value that can be held against what is expected.",
            _ => "Correct the rule's query, and run it by hand on the database to see that it works.",
        },
        Evidence = Evidence,
        Duration = TimeSpan.FromMilliseconds(DurationMs),
    };
}
