using System.Globalization;
using System.Security.Cryptography;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Methods;

/// <summary>Chooses the method for a table: the one that is asked for where it applies, and else the one that was fastest on the first rows.</summary>
internal sealed class MethodChooser(TableWork work)
{
    /// <summary>Buckets that a server groups by, whose memory is smaller than ours.</summary>
    private const int MostServerBuckets = 16384;

    private readonly List<string> _reasons = [];

    public async Task<MethodChoice> ChooseAsync(CancellationToken cancellationToken)
    {
        var asked = work.Options.Method;
        var segmentation = await SegmentPlanner.PlanAsync(work, cancellationToken).ConfigureAwait(false);
        var stream = new MethodChoice(ComparisonMethod.Stream, segmentation, "as asked for");
        var trial = new MethodTrial(work, _reasons);
        if (asked == ComparisonMethod.Stream)
        {
            return await trial.LookAtPartsAsync(stream, cancellationToken).ConfigureAwait(false);
        }

        if (asked is null && work.EstimatedRows is { } rows && rows < MethodTrial.Rows)
        {
            return stream with { Reason = string.Create(CultureInfo.InvariantCulture, $"the servers estimate {rows} rows, too few to measure on") };
        }

        var candidates = new List<MethodChoice>();
        if (asked is null or ComparisonMethod.Native && await TryNativeAsync(segmentation, cancellationToken).ConfigureAwait(false) is { } native)
        {
            candidates.Add(native);
        }

        if (asked is null or ComparisonMethod.Pushdown && await TryTextAsync(segmentation, cancellationToken).ConfigureAwait(false) is { } text)
        {
            candidates.Add(text);
        }

        if (asked is not null)
        {
            return await trial.LookAtPartsAsync(candidates.Count > 0 ? candidates[0] : stream with { Reason = string.Join("; ", _reasons) }, cancellationToken).ConfigureAwait(false);
        }

        return candidates.Count == 0
            ? stream with { Reason = string.Join("; ", _reasons) }
            : await trial.FindFastestAsync([.. candidates, stream], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same method over another division.</summary>
    public async Task<MethodChoice> RedivideAsync(MethodChoice choice, KeyStretches stretches, CancellationToken cancellationToken)
    {
        var again = choice.Method switch
        {
            ComparisonMethod.Native => await TryNativeAsync(stretches, cancellationToken).ConfigureAwait(false),
            ComparisonMethod.Pushdown => await TryTextAsync(stretches, cancellationToken).ConfigureAwait(false),
            _ => null,
        };
        return (again ?? choice with { Method = ComparisonMethod.Stream, Segmentation = stretches, SourceHasher = null, TargetHasher = null }) with { Reason = choice.Reason };
    }

    private async Task<MethodChoice?> TryNativeAsync(Segmentation segmentation, CancellationToken cancellationToken)
    {
        if (work.Options.MaxRowsPerSecond is not null && segmentation is KeyBuckets)
        {
            _reasons.Add("Native would sum up the whole table in one statement, of which no rate can be kept");
            return null;
        }

        if (work.Source is not INativeHashing source || work.Target is not INativeHashing target || source.Engine != target.Engine)
        {
            _reasons.Add("Native needs one engine with hash functions on both sides");
            return null;
        }

        try
        {
            var (sourceQuery, targetQuery) = (work.SourceQuery, work.TargetQuery);
            var (sourceTypes, targetTypes) = await BothSides.AskAsync(
                token => source.DescribeAsync(sourceQuery, token), token => target.DescribeAsync(targetQuery, token), cancellationToken).ConfigureAwait(false);
            var columns = new List<HashedColumn>();
            for (var index = 0; index < work.Layout.Columns.Count; index++)
            {
                var column = work.Layout.Columns[index];
                if (source.FormOf(sourceTypes[index], targetTypes[index], column.Meaning) is not { } form)
                {
                    _reasons.Add($"Native has no hash for column {column.Name} ({sourceTypes[index]} and {targetTypes[index]})");
                    return null;
                }

                columns.Add(new HashedColumn(form, column.Meaning));
            }

            var forms = columns.Select(column => column.Form).Distinct().Order(StringComparer.Ordinal).ToList();
            var (sourceHashes, targetHashes) = await BothSides.AskAsync(
                token => source.ProbeAsync(forms, token), token => target.ProbeAsync(forms, token), cancellationToken).ConfigureAwait(false);
            if (sourceHashes != targetHashes)
            {
                _reasons.Add("Native is out: the two servers' hash functions give different hashes for the same values");
                return null;
            }

            var native = segmentation is KeyBuckets buckets ? buckets with { Count = ServerBuckets() } : segmentation;
            var row = new HashedRow(columns, work.Layout.KeyCount, BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))));
            return new MethodChoice(ComparisonMethod.Native, native, "as asked for")
            {
                SourceHasher = source.HashNatively(sourceQuery, row, native),
                TargetHasher = target.HashNatively(targetQuery, row, native),
            };
        }
        catch (DatabaseException error) when (error.ErrorId == ErrorIds.DatabaseError)
        {
            _reasons.Add($"Native is out: {error.Message}");
            return null;
        }
    }

    private async Task<MethodChoice?> TryTextAsync(Segmentation segmentation, CancellationToken cancellationToken)
    {
        if (work.Source is not ITextHashing && work.Target is not ITextHashing)
        {
            _reasons.Add("Pushdown needs a server that hashes, on one side at least");
            return null;
        }

        if (segmentation is not KeyStretches stretches)
        {
            _reasons.Add("Pushdown needs a key that begins with an indexed NOT NULL column of whole numbers on both sides");
            return null;
        }

        try
        {
            return await HashTextsAsync(work.Source, work.SourceQuery, work.Layout.SourceTextEncoder, stretches, cancellationToken).ConfigureAwait(false) is { } source
                && await HashTextsAsync(work.Target, work.TargetQuery, work.Layout.TargetTextEncoder, stretches, cancellationToken).ConfigureAwait(false) is { } target
                    ? new MethodChoice(ComparisonMethod.Pushdown, stretches, "as asked for") { SourceHasher = source, TargetHasher = target }
                    : null;
        }
        catch (DatabaseException error) when (error.ErrorId == ErrorIds.DatabaseError)
        {
            _reasons.Add($"Pushdown is out: {error.Message}");
            return null;
        }
    }

    private async Task<ISegmentHasher?> HashTextsAsync(
        IDatabaseSnapshot side, RowQuery query, Func<Canonical.RowEncoder> createEncoder, KeyStretches stretches, CancellationToken cancellationToken)
    {
        if (side is not ITextHashing hashing)
        {
            return new LocalTextHasher(side, query, createEncoder, stretches);
        }

        var types = await hashing.DescribeAsync(query, cancellationToken).ConfigureAwait(false);
        var forms = new List<string>();
        for (var index = 0; index < work.Layout.Columns.Count; index++)
        {
            var column = work.Layout.Columns[index];
            if (hashing.TextFormOf(types[index], column.Meaning) is not { } form)
            {
                _reasons.Add($"Pushdown has no text for column {column.Name} ({types[index]})");
                return null;
            }

            forms.Add(form);
        }

        var tried = forms.Distinct().ToList();
        var texts = await hashing.ProbeTextsAsync(tried, cancellationToken).ConfigureAwait(false);
        if (!texts.SequenceEqual(tried.SelectMany(form => TextProbes.Of(Enum.Parse<RowTextForm>(form))).Select(probe => probe.Text)))
        {
            _reasons.Add("Pushdown is out: a server writes values known beforehand in another way");
            return null;
        }

        return hashing.HashTexts(query, forms, [.. work.Layout.Columns.Select(column => column.Meaning)], stretches);
    }

    private int ServerBuckets()
    {
        var wanted = Math.Clamp((work.EstimatedRows ?? MethodTrial.Rows) / 256, 16, MostServerBuckets);
        return (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)wanted);
    }
}
