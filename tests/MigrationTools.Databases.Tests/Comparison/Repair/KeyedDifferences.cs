using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Tests.Comparison.Repair;

/// <summary>All differences of two databases, each with its key as both sides gave it.</summary>
internal static class KeyedDifferences
{
    public static async Task<IReadOnlyList<TableComparison>> CompareAsync(IDatabase source, IDatabase target, IReadOnlyList<TablePair> pairs, IDifferenceSink sink)
    {
        var options = new ComparisonOptions { MaxDifferences = int.MaxValue };
        var results = await DatabaseComparer.CompareAsync(source, target, pairs, options, 1, SilentObserver.Instance, default).ToListAsync();
        await using var from = await source.OpenSnapshotAsync(default);
        await using var to = await target.OpenSnapshotAsync(default);
        foreach (var pair in pairs)
        {
            var layout = ComparisonLayout.Of(pair);
            var sourceKeys = await KeysAsync(from, layout.SourceQuery(pair), layout.SourceEncoder(0), layout);
            var targetKeys = await KeysAsync(to, layout.TargetQuery(pair), layout.TargetEncoder(0), layout);
            foreach (var difference in results.Single(result => result.Target == pair.TargetName && result.Source == pair.SourceName).Differences)
            {
                var name = Name(layout.Columns.Take(layout.KeyCount).Select(column => difference.Key[column.Name]));
                sink.Add(pair, layout.KeyCount == 0 ? difference : difference with
                {
                    SourceKey = difference.Kind == DifferenceKind.Extra ? null : sourceKeys[name],
                    TargetKey = difference.Kind == DifferenceKind.Missing ? null : targetKeys[name],
                });
            }
        }

        return results;
    }

    private static async Task<Dictionary<string, KeyCells>> KeysAsync(IDatabaseSnapshot side, RowQuery query, RowEncoder encoder, ComparisonLayout layout)
    {
        var keys = new Dictionary<string, KeyCells>();
        if (layout.KeyCount == 0)
        {
            return keys;
        }

        await using var reader = await side.ReadAsync(query, default);
        var batch = new RowBatch(query.Columns.Count);
        while (await reader.ReadAsync(batch, default))
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                encoder.Encode(batch, row);
                keys[Name(Texts(encoder.Key))] = KeyCells.Of(batch, row, layout.KeyCount);
            }
        }

        return keys;
    }

    private static List<string?> Texts(ReadOnlySpan<byte> key)
    {
        var texts = new List<string?>();
        while (!key.IsEmpty)
        {
            texts.Add(FieldText.Of(CanonicalField.Take(ref key)));
        }

        return texts;
    }

    private static string Name(IEnumerable<string?> texts) => string.Join('\u0001', texts.Select(text => text ?? "\u0002"));
}
