using System.Text.Json.Serialization;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>The rows of a table after one key and up to another. The first part of a table has no <see cref="After"/>, the last no <see cref="UpTo"/>: every row, also one that comes later, lies in exactly one.</summary>
public sealed record PlannedPart
{
    public string? System { get; init; }

    /// <summary>The target table.</summary>
    public required string Table { get; init; }

    /// <summary>A cell for each of <see cref="PlannedTable.SplitBy"/>; null from the first row on.</summary>
    public IReadOnlyList<KeyCell>? After { get; init; }

    /// <summary>Likewise; null to the last row.</summary>
    public IReadOnlyList<KeyCell>? UpTo { get; init; }

    public required long EstimatedRows { get; init; }

    /// <summary>Whether it is all of its table.</summary>
    [JsonIgnore]
    public bool IsWhole => After is null && UpTo is null;

    /// <summary>The part for people.</summary>
    public string Describe()
    {
        static string Key(IReadOnlyList<KeyCell> cells) => string.Join(", ", cells.Select(cell => cell.Text));
        return (After, UpTo) switch
        {
            (null, null) => Table,
            ({ } after, null) => $"{Table} after {Key(after)}",
            (null, { } upTo) => $"{Table} up to {Key(upTo)}",
            ({ } after, { } upTo) => $"{Table} after {Key(after)} up to {Key(upTo)}",
        };
    }
}
