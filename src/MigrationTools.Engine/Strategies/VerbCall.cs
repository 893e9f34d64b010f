using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Engine.Strategies;

/// <summary>A verb with what it is about: the lane and the share of a shift, the unit of an upgrade.</summary>
/// <param name="Verb">What is to be done.</param>
public sealed record VerbCall(Verb Verb)
{
    /// <summary>The lane that is shifted or mirrored; null for every lane of the system.</summary>
    public TrafficLane? Lane { get; init; }

    /// <summary>For <see cref="Verb.Shift"/>: the target's share afterwards, 0 to 100.</summary>
    public decimal Percent { get; init; } = 100;

    /// <summary>For <see cref="Verb.Shift"/>: where a rollback sends the traffic, 0 to 100; null for where it was before.</summary>
    public decimal? Back { get; init; }

    /// <summary>For <see cref="Verb.Drain"/>, <see cref="Verb.Upgrade"/>, <see cref="Verb.Verify"/> and <see cref="Verb.Undrain"/>: which unit.</summary>
    public TrafficUnitSpec? Unit { get; init; }

    public static implicit operator VerbCall(Verb verb) => FromVerb(verb);

    public static VerbCall FromVerb(Verb verb) => new(verb);
}
