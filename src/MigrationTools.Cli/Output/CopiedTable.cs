using System.Text.Json.Serialization;
using MigrationTools.Databases.Copying;

namespace MigrationTools.Cli.Output;

/// <summary>A copied table as JSON has it.</summary>
internal sealed record CopiedTable(string Source, string Target, long Rows, long ResumedRows, long Rejected, string? RejectedFile, long Bytes, long DurationMs)
{
    /// <summary>Only where the result is about several systems.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? System { get; init; }

    public static CopiedTable Of(TableCopyResult table, string? system)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new CopiedTable(table.Source, table.Target, table.Rows, table.ResumedRows, table.Rejected, table.RejectedFile, table.Bytes, (long)table.Duration.TotalMilliseconds)
        {
            System = system,
        };
    }
}
