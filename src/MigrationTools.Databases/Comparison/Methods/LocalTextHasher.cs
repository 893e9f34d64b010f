using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Methods;

/// <summary>The hashes of row texts of an engine that has no functions for them and runs in this process: made here, from the rows.</summary>
internal sealed class LocalTextHasher(IDatabaseSnapshot snapshot, RowQuery query, Func<RowEncoder> createEncoder, KeyStretches segmentation) : ISegmentHasher
{
    public async Task SumAsync(IReadOnlyList<KeySpan>? within, SegmentDigest into, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(into);
        var key = query.Columns[0].Name;
        var asked = query with { OrderBy = [key], Spans = within is null ? null : new KeySpans(key, within) };
        var reader = await snapshot.ReadAsync(asked, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var segment = new Segment();
            var encoder = createEncoder();
            var batch = new RowBatch(query.Columns.Count);
            while (await reader.ReadAsync(batch, cancellationToken).ConfigureAwait(false))
            {
                for (var row = 0; row < batch.RowCount; row++)
                {
                    encoder.Encode(batch, row);
                    var index = segmentation.Of(RowMarker.LeadingKey(encoder));
                    if (index != segment.Index)
                    {
                        segment.Finish(into);
                        segment.Index = index;
                    }

                    segment.Add(encoder.Row);
                }
            }

            segment.Finish(into);
        }
    }

    private sealed class Segment
    {
        private readonly ArrayBufferWriter<byte> _texts = new();
        private readonly List<(int Start, int Length)> _rows = [];

        public int Index { get; set; } = -1;

        public void Add(ReadOnlySpan<byte> row)
        {
            var start = _texts.WrittenCount;
            RowText.Write(row, _texts);
            _rows.Add((start, _texts.WrittenCount - start));
        }

        [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "It tells data apart; no security rests on it.")]
        public void Finish(SegmentDigest into)
        {
            if (_rows.Count > 0)
            {
                _rows.Sort((left, right) => _texts.WrittenSpan.Slice(left.Start, left.Length).SequenceCompareTo(_texts.WrittenSpan.Slice(right.Start, right.Length)));
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
                foreach (var (start, length) in _rows)
                {
                    hash.AppendData(_texts.WrittenSpan.Slice(start, length));
                }

                into.Add(Index, _rows.Count, BinaryPrimitives.ReadUInt128BigEndian(hash.GetHashAndReset()));
            }

            _texts.Clear();
            _rows.Clear();
        }
    }
}
