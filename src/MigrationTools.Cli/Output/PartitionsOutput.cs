using MigrationTools.Databases.Comparison.Partitions;

namespace MigrationTools.Cli.Output;

/// <summary>What became of a plan's partitions.</summary>
/// <param name="Plan">The plan's id.</param>
/// <param name="Planned">How many there are.</param>
/// <param name="Merged">How many have a result.</param>
/// <param name="Missing">The indexes of those without.</param>
/// <param name="Repeated">Those that were run more than once.</param>
/// <param name="Refused">Files that are no result of the plan.</param>
internal sealed record PartitionsOutput(
    string Plan, int Planned, int Merged, IReadOnlyList<int> Missing, IReadOnlyList<RepeatedPartition> Repeated, IReadOnlyList<RefusedResult> Refused);
