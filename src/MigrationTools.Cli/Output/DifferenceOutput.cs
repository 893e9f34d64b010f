using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MigrationTools.Databases.Comparison;

namespace MigrationTools.Cli.Output;

/// <summary>A row that differs, as JSON has it.</summary>
/// <param name="Kind">Missing, Extra or Changed.</param>
/// <param name="Key">The key's columns: whole numbers as numbers, everything else as text.</param>
/// <param name="Columns">The columns that differ; empty for Missing and Extra.</param>
internal sealed record DifferenceOutput(DifferenceKind Kind, JsonObject Key, IReadOnlyList<ColumnDifference> Columns)
{
    /// <summary>How many such rows, where it is more than one (tables without a key).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Count { get; init; }

    public static DifferenceOutput Of(RowDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        var key = new JsonObject();
        foreach (var (column, value) in difference.Key)
        {
            key[column] = difference.NumberColumns.Contains(column) && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? JsonValue.Create(number)
                : value is null ? null : JsonValue.Create(value);
        }

        return new DifferenceOutput(difference.Kind, key, difference.Columns) { Count = difference.Count > 1 ? difference.Count : null };
    }
}
