using System.Text.Json.Serialization;
using MigrationTools.Engine.Gates;

namespace MigrationTools.Engine.Planning;

/// <summary>A step of a plan. Immutable; <see cref="Hash"/> covers everything but the estimate, and the step before it.</summary>
public sealed record PlanStep
{
    /// <summary>Number and verb, such as <c>03-database.copy:shop_database</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The hash of the step before; the spec's hash for the first.</summary>
    public required string ParentHash { get; init; }

    /// <summary>SHA-256 (hex) of this step and of <see cref="ParentHash"/>.</summary>
    public required string Hash { get; init; }

    public required string Phase { get; init; }

    /// <summary>The phase of a phased migration that it belongs to, which can be rolled back from the end; null in others, and then it is no part of the hash.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Part { get; init; }

    public required string System { get; init; }

    public required StepAction Action { get; init; }

    public StepAction? Compensation { get; init; }

    public string? Irreversible { get; init; }

    public bool PointOfNoReturn { get; init; }

    /// <summary>Whether it removes something of the old side when the migration itself is over.</summary>
    [JsonIgnore]
    public bool Contracts => StepDraft.IsContract(Phase, Part);

    public Gate? GateAfter { get; init; }

    public TimeSpan? Timeout { get; init; }

    public required StepEstimate Estimate { get; init; }
}
