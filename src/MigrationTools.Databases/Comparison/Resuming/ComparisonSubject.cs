using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MigrationTools.Databases.Comparison.Partitions;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Resuming;

/// <summary>What a comparison is about, in one word: two of the same word may go on from one state file.</summary>
internal static class ComparisonSubject
{
    /// <summary>
    /// A hash of which databases they are (<see cref="DatabaseIdentity"/>), of what is compared with what, and of the options that decide what is noted as equal. Settling is not among them: only
    /// rows that are equal at the first look are ever noted, and these are so for a comparison that settles and for one that does not.
    /// </summary>
    public static async Task<string> OfAsync(
        IDatabase source, IDatabase target, IReadOnlyList<TablePair> pairs, ComparisonOptions options, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.Serialize(new
        {
            Source = await DatabaseIdentity.OfAsync(source, cancellationToken).ConfigureAwait(false),
            Target = await DatabaseIdentity.OfAsync(target, cancellationToken).ConfigureAwait(false),
            options.Text,
            options.FloatTolerance,
            options.TimeTolerance,
            options.Sample,
            Pairs = pairs.OrderBy(pair => pair.TargetName, StringComparer.Ordinal).Select(pair => new
            {
                Shape = TableShape.Of(pair),
                Part = pair.Part?.Columns,
                After = Cells(pair.Part?.After),
                UpTo = Cells(pair.Part?.UpTo),
            }),
        });
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
    }

    private static IEnumerable<KeyCell>? Cells(RowBatch? row) => row is null ? null : Enumerable.Range(0, row.ColumnCount).Select(column => KeyCell.Of(row, 0, column));
}
