using System.Text.Json.Serialization;

namespace MigrationTools.Databases.Comparison.Resuming;

/// <summary>A line of a state file: the first says which comparison it is; each other what was found equal.</summary>
internal sealed record StateLine
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Subject { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Table { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The comparison was carried to its end: nothing is left to go on with.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Ended { get; init; }

    /// <summary>The whole table passed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TableComparison? Passed { get; init; }

    /// <summary>The last values of the stretches into which the table is divided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? Ends { get; init; }

    /// <summary>Those stretches that a sample is made of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Drawn { get; init; }

    /// <summary>Stretches found equal, each with its rows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long[]?>? Equal { get; init; }
}
