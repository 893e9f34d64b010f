using System.Text.Json.Serialization;
using MigrationTools.Databases.Comparison;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Cli.Output;

/// <summary>A compared table as JSON has it. Scripts of others depend on these names.</summary>
internal sealed record TableOutput
{
    /// <summary>Only where the result is about several systems.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? System { get; init; }

    public required string Source { get; init; }

    public required string Target { get; init; }

    public required Verdict Verdict { get; init; }

    public required ComparisonMethod Method { get; init; }

    /// <summary>Why this method.</summary>
    public required string? MethodReason { get; init; }

    public required long? SourceRows { get; init; }

    public required long? TargetRows { get; init; }

    public required long Missing { get; init; }

    public required long Extra { get; init; }

    public required long Changed { get; init; }

    public required long DurationMs { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<DifferenceOutput> Differences { get; init; }

    public static TableOutput Of(TableComparison table, string? system)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new TableOutput
        {
            System = system,
            Source = table.Source,
            Target = table.Target,
            Verdict = table.Verdict,
            Method = table.Method,
            MethodReason = table.MethodReason,
            SourceRows = table.SourceRows,
            TargetRows = table.TargetRows,
            Missing = table.Missing,
            Extra = table.Extra,
            Changed = table.Changed,
            DurationMs = table.DurationMs,
            Notes = table.Notes,
            Differences = [.. table.Differences.Select(DifferenceOutput.Of)],
        };
    }
}
