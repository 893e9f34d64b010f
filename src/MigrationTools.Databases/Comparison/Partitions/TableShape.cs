using System.Security.Cryptography;
using System.Text.Json;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>What is compared with what, as a hash: two processes that find the same one ask the same question.</summary>
internal static class TableShape
{
    public static string Of(TablePair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        var shape = new
        {
            pair.SourceName,
            pair.TargetName,
            pair.SourceSql,
            pair.TargetSql,
            pair.Where,
            pair.TargetWhere,
            pair.Key,
            pair.DroppedColumns,
            Columns = pair.Columns.Concat(pair.Computed).Select(columns => new
            {
                columns.Source,
                SourceType = pair.Source?.FindColumn(columns.Source.Name)?.ServerType,
                columns.Target.Name,
                columns.Target.Type,
                columns.Target.ServerType,
            }),
        };
        return Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(shape, MigrationJson.Line))).ToLowerInvariant();
    }
}
