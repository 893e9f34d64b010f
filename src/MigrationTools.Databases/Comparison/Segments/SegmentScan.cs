using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using MigrationTools.Databases.Comparison.Methods;
using MigrationTools.Databases.Comparison.Resuming;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Segments;

/// <summary>
/// Scans both sides into digests: all of it at once, or chunk by chunk where the key has stretches and there is a reason to (several workers, a pace to keep,
/// a state to note, a sample). Chunks are made as large as takes about half a second.
/// </summary>
internal sealed class SegmentScan(TableWork work, MethodChoice choice, TableState? state)
{
    /// <summary>From so many rows on chunks are worth their overhead where several can be worked on at once.</summary>
    public const long ManyRows = 2_000_000;

    private const int FirstChunk = 64;
    private const int LargestChunk = 1024;

    private static readonly TimeSpan ChunkTime = TimeSpan.FromSeconds(0.5);

    private readonly ConcurrentQueue<int> _pending = new();
    private readonly object _sizing = new();
    private int _chunk = FirstChunk;
    private IReadOnlyList<int> _spots = [];
    private long _readSegments;
    private long _readRows;

    public SegmentDigest Source { get; } = new(choice.Segmentation.Count);

    public SegmentDigest Target { get; } = new(choice.Segmentation.Count);

    /// <summary>Segments that a sample left out.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Segments that an earlier, interrupted comparison found equal.</summary>
    public int Known { get; private set; }

    /// <summary>Whether a look at some segments showed that the sums would tell nothing: then there are only theirs.</summary>
    public bool Skipped { get; private set; }

    /// <summary>Rows of a segment on the larger side; where it was not summed up, what those that were read let expect.</summary>
    public long RowsOf(int segment) => Skipped ? Math.Max(1, _readRows / Math.Max(1, _readSegments)) : Math.Max(Source.RowsOf(segment), Target.RowsOf(segment));

    /// <summary>The segments whose rows have to be compared, in order.</summary>
    public List<int> FindDiffering() => Skipped ? [.. Enumerable.Range(0, choice.Segmentation.Count)] : Source.FindDiffering(Target);

    /// <summary>Whether there are sums of a segment.</summary>
    public bool HasSums(int segment) => !Skipped || _spots.Contains(segment);

    /// <summary>Told how many rows some segments had that were read without having been summed up.</summary>
    public void Note(int segments, long rows) => (_readSegments, _readRows) = (_readSegments + segments, _readRows + rows);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (work.Options.Sample is null && state is null && await DoAllSpotsDifferAsync(cancellationToken).ConfigureAwait(false))
        {
            Skipped = true;
            return;
        }

        if (choice.Segmentation is not KeyStretches stretches || !WantsChunks)
        {
            await work.Pace.WaitAsync(work.Source, work.Target, cancellationToken).ConfigureAwait(false);
            await SumAsync(null, Source, Target, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var segment in await ChooseAsync(stretches, cancellationToken).ConfigureAwait(false))
        {
            if (state?.IsEqual(segment) ?? false)
            {
                Known++;
            }
            else
            {
                _pending.Enqueue(segment);
            }
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var workers = Enumerable.Range(0, work.Workers).Select(_ => Task.Run(() => WorkAsync(stretches, stop), CancellationToken.None)).ToList();
        await Task.WhenAll(workers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();

        // Whoever failed has stopped the others, which are only cancelled.
        await (workers.Find(worker => worker.IsFaulted) ?? Task.WhenAll(workers)).ConfigureAwait(false);
    }

    private async Task<bool> DoAllSpotsDifferAsync(CancellationToken cancellationToken)
    {
        if (SpotCheck.Choose(work, choice) is not { Count: > 0 } spots)
        {
            return false;
        }

        var stretches = (KeyStretches)choice.Segmentation;
        var (source, target) = (new SegmentDigest(stretches.Count), new SegmentDigest(stretches.Count));
        await work.Pace.WaitAsync(work.Source, work.Target, cancellationToken).ConfigureAwait(false);
        await SumAsync([.. spots.Select(stretches.SpanOf)], source, target, cancellationToken).ConfigureAwait(false);
        if (source.FindDiffering(target).Count < spots.Count)
        {
            return false;
        }

        foreach (var spot in spots)
        {
            Source.Take(source, spot);
            Target.Take(target, spot);
            Note(1, Math.Max(source.RowsOf(spot), target.RowsOf(spot)));
        }

        _spots = spots;
        return true;
    }

    private bool WantsChunks =>
        work.Options.Sample is not null
        || state is not null
        || work.Pace.IsBound
        || choice.StretchesAreCheap;

    private async Task WorkAsync(KeyStretches stretches, CancellationTokenSource stop)
    {
        try
        {
            while (Take() is { Count: > 0 } chunk)
            {
                await work.Pace.WaitAsync(work.Source, work.Target, stop.Token).ConfigureAwait(false);
                var began = Stopwatch.GetTimestamp();
                var (source, target) = (new SegmentDigest(choice.Segmentation.Count), new SegmentDigest(choice.Segmentation.Count));
                await SumAsync(Spans(stretches, chunk), source, target, stop.Token).ConfigureAwait(false);
                Size(Stopwatch.GetElapsedTime(began));
                await NoteAsync(chunk, source, target, stop.Token).ConfigureAwait(false);
            }
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    // A stream is packed by span on its way, so each segment stays one; a server that sums up wants as few spans as can be.
    private List<KeySpan> Spans(KeyStretches stretches, List<int> chunk) =>
        choice.Method == ComparisonMethod.Stream ? [.. chunk.Select(stretches.SpanOf)] : stretches.Join(chunk, _ => 0, long.MaxValue);

    private List<int> Take()
    {
        var taken = new List<int>();
        while (taken.Count < Volatile.Read(ref _chunk) && _pending.TryDequeue(out var segment))
        {
            taken.Add(segment);
        }

        return taken;
    }

    private void Size(TimeSpan took)
    {
        lock (_sizing)
        {
            var factor = Math.Clamp(ChunkTime / took, 0.5, 2);
            _chunk = Math.Clamp((int)(_chunk * factor), 1, LargestChunk);
        }
    }

    private async Task NoteAsync(List<int> chunk, SegmentDigest source, SegmentDigest target, CancellationToken cancellationToken)
    {
        lock (Source)
        {
            foreach (var segment in chunk)
            {
                Source.Take(source, segment);
                Target.Take(target, segment);
            }
        }

        if (state is not null)
        {
            var differing = source.FindDiffering(target).ToHashSet();
            await state.NoteAsync(chunk.Where(segment => !differing.Contains(segment)).Select(segment => (segment, source.RowsOf(segment))), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Adds all rows, or those of some spans, to digests of both sides.</summary>
    private async Task SumAsync(IReadOnlyList<KeySpan>? within, SegmentDigest source, SegmentDigest target, CancellationToken cancellationToken)
    {
        if (choice.SourceHasher is { } sourceHasher && choice.TargetHasher is { } targetHasher)
        {
            await BothSides.RunAsync(token => sourceHasher.SumAsync(within, source, token), token => targetHasher.SumAsync(within, target, token), cancellationToken).ConfigureAwait(false);
            await work.Tally.AddAsync(source.Rows + target.Rows, cancellationToken).ConfigureAwait(false);
            return;
        }

        await BothSides.RunAsync(
            token => work.SourceReader().DigestAsync(choice.Segmentation, within, source, token),
            token => work.TargetReader().DigestAsync(choice.Segmentation, within, target, token),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<int>> ChooseAsync(KeyStretches stretches, CancellationToken cancellationToken)
    {
        if (work.Options.Sample is not { } share)
        {
            return [.. Enumerable.Range(0, stretches.Count)];
        }

        var drawn = state?.Drawn ?? Draw(stretches.Count, Math.Clamp((int)Math.Ceiling(share * stretches.Count), 1, stretches.Count));
        LeftOut = stretches.Count - drawn.Count;
        if (state is { Drawn: null })
        {
            await state.DrawAsync(drawn, cancellationToken).ConfigureAwait(false);
        }

        return drawn;
    }

    private static int[] Draw(int of, int count)
    {
        var all = Enumerable.Range(0, of).ToArray();
        RandomNumberGenerator.Shuffle(all.AsSpan());
        return [.. all.Take(count).Order()];
    }

    /// <summary>What a sample is, and without a difference what it says of the rest.</summary>
    /// <param name="differing">Stretches whose sums differ.</param>
    public string DescribeSample(int differing)
    {
        // Were a share p of the segments to differ, n drawn at random would all be equal with a probability of at most (1 − p)^n.
        var drawn = choice.Segmentation.Count - LeftOut;
        var bound = 1 - Math.Pow(0.05, 1.0 / drawn);
        var seen = differing == 0
            ? string.Create(CultureInfo.InvariantCulture, $"with 95 % confidence no more than {bound * 100:0.##} % of all stretches hold a difference")
            : string.Create(CultureInfo.InvariantCulture, $"the sums of {differing} of them differ, and of those that were not drawn nothing is said");
        return string.Create(CultureInfo.InvariantCulture, $"a sample: {drawn} of {choice.Segmentation.Count} stretches of the key, drawn at random, were compared; {seen}");
    }
}
