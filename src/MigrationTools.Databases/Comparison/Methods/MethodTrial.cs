using System.Diagnostics;
using System.Globalization;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Methods;

/// <summary>Measures methods on the first rows of a table.</summary>
/// <param name="work">The table.</param>
/// <param name="reasons">What keeps methods from being used; a method that fails here is added.</param>
internal sealed class MethodTrial(TableWork work, List<string> reasons)
{
    /// <summary>Rows on which methods are tried.</summary>
    public const long Rows = 20_000;

    private const int ProcessorsToStreamParts = 4;

    /// <summary>The fastest, with what was measured as its reason.</summary>
    public async Task<MethodChoice> FindFastestAsync(IReadOnlyList<MethodChoice> candidates, CancellationToken cancellationToken)
    {
        var measured = new List<(MethodChoice Choice, TimeSpan Took)>();
        foreach (var candidate in candidates)
        {
            if (await MeasureAsync(candidate, cancellationToken).ConfigureAwait(false) is { } took)
            {
                measured.Add((candidate, took));
            }
        }

        var best = measured.MinBy(item => item.Took);
        var told = measured.OrderBy(item => item.Took).Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Choice.Method} {item.Took.TotalMilliseconds:0.#} ms"));
        var reason = $"the first {Rows.ToString("N0", CultureInfo.InvariantCulture)} rows of both sides took {string.Join(", ", told)}";
        return best.Choice with
        {
            Reason = reasons.Count == 0 ? reason : $"{reason}; {string.Join("; ", reasons)}",
            StretchesAreCheap = await AreStretchesCheapAsync(best.Choice, best.Took, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>A method that was asked for, and whether its parts can well be worked on at the same time.</summary>
    public async Task<MethodChoice> LookAtPartsAsync(MethodChoice asked, CancellationToken cancellationToken) =>
        WantsParts(asked) && await MeasureAsync(asked, cancellationToken).ConfigureAwait(false) is { } took
            ? asked with { StretchesAreCheap = await AreStretchesCheapAsync(asked, took, cancellationToken).ConfigureAwait(false) }
            : asked;

    // What streams takes a processor here for each side of a part; what a server sums up takes the server's.
    private bool WantsParts(MethodChoice choice) =>
        choice.Segmentation is KeyStretches && work.Workers > 1 && work.EstimatedRows >= SegmentScan.ManyRows
        && (choice.Method != ComparisonMethod.Stream || Environment.ProcessorCount >= ProcessorsToStreamParts);

    private async Task<TimeSpan?> MeasureAsync(MethodChoice choice, CancellationToken cancellationToken)
    {
        var spans = choice.Segmentation is KeyStretches stretches ? Spans(stretches) : null;
        var (source, target) = (new SegmentDigest(choice.Segmentation.Count), new SegmentDigest(choice.Segmentation.Count));
        var began = Stopwatch.GetTimestamp();
        try
        {
            switch (choice.Method)
            {
                case ComparisonMethod.Stream:
                    await BothSides.RunAsync(
                        token => work.SourceReader().TryAsync(Rows, choice.Segmentation, token),
                        token => work.TargetReader().TryAsync(Rows, choice.Segmentation, token),
                        cancellationToken).ConfigureAwait(false);
                    break;
                case ComparisonMethod.Native:
                    await BothSides.RunAsync(
                        token => ((IRowHasher)choice.SourceHasher!).TryAsync(Rows, token),
                        token => ((IRowHasher)choice.TargetHasher!).TryAsync(Rows, token),
                        cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    await BothSides.RunAsync(
                        token => choice.SourceHasher!.SumAsync(spans, source, token),
                        token => choice.TargetHasher!.SumAsync(spans, target, token),
                        cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
        catch (DatabaseException error) when (choice.Method != ComparisonMethod.Stream)
        {
            reasons.Add($"{choice.Method} failed on the first rows: {error.Message}");
            return null;
        }

        return Stopwatch.GetElapsedTime(began);
    }

    // A scan of as many rows took so long; the index that leads to stretches may take longer, where rows lie in another order. Texts are hashed by stretches in any case.
    private async Task<bool> AreStretchesCheapAsync(MethodChoice choice, TimeSpan scan, CancellationToken cancellationToken)
    {
        if (!WantsParts(choice) || choice is not { Segmentation: KeyStretches stretches, Method: not ComparisonMethod.Pushdown })
        {
            return WantsParts(choice);
        }

        var spans = Spans(stretches);
        var (source, target) = (new SegmentDigest(stretches.Count), new SegmentDigest(stretches.Count));
        var began = Stopwatch.GetTimestamp();
        await BothSides.RunAsync(
            token => choice.SourceHasher?.SumAsync(spans, source, token) ?? work.SourceReader().DigestAsync(stretches, spans, source, token),
            token => choice.TargetHasher?.SumAsync(spans, target, token) ?? work.TargetReader().DigestAsync(stretches, spans, target, token),
            cancellationToken).ConfigureAwait(false);
        var perRow = Stopwatch.GetElapsedTime(began) / Math.Max(1, Math.Max(source.Rows, target.Rows));
        return perRow <= scan / Rows * 1.3;
    }

    // In the middle, for the first segments of a table that was edited since are often not like the others.
    private List<KeySpan> Spans(KeyStretches stretches)
    {
        var rows = Math.Max(1, work.EstimatedRows ?? Rows);
        var count = (int)Math.Clamp(Rows * stretches.Count / rows, 1, stretches.Count);
        return stretches.Join(Enumerable.Range((stretches.Count - count) / 2, count), _ => 0, long.MaxValue);
    }
}
