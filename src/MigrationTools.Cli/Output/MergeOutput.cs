using System.Text.Json.Serialization;
using MigrationTools.Databases.Comparison.Partitions;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Cli.Output;

/// <summary>A merged comparison as JSON has it: what a comparison has, and what became of the partitions.</summary>
internal sealed record MergeOutput
{
    public required Verdict Verdict { get; init; }

    public required string? Source { get; init; }

    public required string? Target { get; init; }

    public required IReadOnlyList<TableOutput> Tables { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SystemOutput>? Systems { get; init; }

    public required PartitionsOutput Partitions { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public static MergeOutput Of(MergedComparison merged, TablesOutput<TableOutput> tables)
    {
        ArgumentNullException.ThrowIfNull(merged);
        ArgumentNullException.ThrowIfNull(tables);
        return new MergeOutput
        {
            Verdict = merged.Verdict,
            Source = tables.Source,
            Target = tables.Target,
            Tables = tables.Tables,
            Systems = tables.Systems,
            Partitions = new PartitionsOutput(merged.PlanId, merged.Planned, merged.Merged, merged.Missing, merged.Repeated, merged.Refused),
            Notes = merged.Notes,
        };
    }
}
