using System.Security.Cryptography;
using System.Text.Json;
using MigrationTools.Databases.Mapping;

namespace MigrationTools.Databases.Copying;

/// <summary>What is copied into what, as a hash: a copy that was begun with another mapping must not go on in the middle of a table.</summary>
internal static class CopyShape
{
    public static string Of(TablePair pair, CopyOrder order)
    {
        var shape = new
        {
            Source = pair.Source?.Name,
            pair.SourceSql,
            pair.Where,
            Target = pair.Target.Name,
            Columns = pair.Columns.Select(column => new { column.Source, Target = column.Target.Name }),
            order.Query.OrderBy,
        };
        return Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(shape)));
    }
}
