using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Resuming;

/// <summary>What a comparison is about, in one word: two of the same word may go on from one state file.</summary>
internal static class ComparisonSubject
{
    /// <summary>A hash of the redacted endpoints, of which columns are compared with which, and of the options that change a result.</summary>
    public static string Of(IDatabase source, IDatabase target, IReadOnlyList<TablePair> pairs, ComparisonOptions options)
    {
        var text = JsonSerializer.Serialize(new
        {
            Source = source.Endpoint.ToString(),
            Target = target.Endpoint.ToString(),
            options.Text,
            options.FloatTolerance,
            options.TimeTolerance,
            Pairs = pairs.Select(pair => new
            {
                pair.SourceName,
                pair.SourceSql,
                pair.Where,
                pair.TargetName,
                pair.TargetSql,
                pair.TargetWhere,
                pair.Key,
                Columns = pair.Columns.Select(column => new { column.Source.Name, column.Source.Expression, Target = column.Target.Name }),
            }).OrderBy(pair => pair.TargetName, StringComparer.Ordinal),
        });
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
    }
}
