using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>
/// Reads the rows of spans packed, and then, row by row, those of spans that a pack can't hold: of more rows than anybody guessed, or of values so large that the server refuses to
/// put them together.
/// </summary>
/// <param name="packs">The spans' rows, packed.</param>
/// <param name="spans">Those that were asked for.</param>
/// <param name="readPlainAsync">Reads the rows of spans one by one.</param>
internal sealed class PostgresSpanReader(
    PostgresPackedReader packs, IReadOnlyList<KeySpan> spans, Func<IReadOnlyList<KeySpan>, CancellationToken, Task<IRowReader>> readPlainAsync) : IDigestingReader
{
    /// <summary>More than a value of the server can have (PostgreSQL documentation, appendix A: program_limit_exceeded).</summary>
    private const string TooLarge = "54000";

    private RowBatch? _batch;
    private IRowReader? _rest;
    private bool _packed = true;

    public async ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return (_packed && await TryAsync(() => packs.ReadAsync(batch, cancellationToken)).ConfigureAwait(false) is true)
            || await ReadRestAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<long> DigestAsync(CellDigest into, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(into);
        if (_packed && await TryAsync(() => packs.DigestAsync(into, cancellationToken)).ConfigureAwait(false) is > 0 and var rows)
        {
            return rows;
        }

        _batch ??= new RowBatch(packs.ColumnCount);
        if (!await ReadRestAsync(_batch, cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        into.Add(_batch);
        return _batch.RowCount;
    }

    public async ValueTask DisposeAsync()
    {
        await packs.DisposeAsync().ConfigureAwait(false);
        if (_rest is not null)
        {
            await _rest.DisposeAsync().ConfigureAwait(false);
        }
    }

    // What a refused statement had given out by then is whole.
    private async ValueTask<T?> TryAsync<T>(Func<ValueTask<T>> readAsync)
        where T : struct
    {
        try
        {
            return await readAsync().ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.ServerCode == TooLarge)
        {
            return default(T);
        }
    }

    private async Task<bool> ReadRestAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        if (_packed)
        {
            _packed = false;
            await packs.DisposeAsync().ConfigureAwait(false);
            var rest = spans.Where((_, index) => !packs.Whole.Contains(index + 1)).ToList();
            _rest = rest.Count == 0 ? null : await readPlainAsync(rest, cancellationToken).ConfigureAwait(false);
        }

        batch.Clear();
        return _rest is not null && await _rest.ReadAsync(batch, cancellationToken).ConfigureAwait(false);
    }
}
