using System.Security.Cryptography;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison;

/// <summary>What the parts of a table's comparison share.</summary>
internal sealed class TableWork
{
    private long? _sourceRows;
    private long? _targetRows;

    public required IDatabaseSnapshot Source { get; init; }

    public required IDatabaseSnapshot Target { get; init; }

    public required TablePair Pair { get; init; }

    public required ComparisonLayout Layout { get; init; }

    public required ComparisonOptions Options { get; init; }

    public required RowTally Tally { get; init; }

    public required ComparisonPace Pace { get; init; }

    /// <summary>Parts of the table compared at the same time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Of all hashes made here, drawn at random.</summary>
    public ulong Seed { get; } = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>Whether cells can be hashed as they come: not of two engines, nor of types that hold one value in two ways.</summary>
    public bool HashesRaw => Source is ISegmentedSnapshot source && Target is ISegmentedSnapshot target && source.Engine == target.Engine
        && Layout.Columns.All(column => column.Source.Type == column.Target.Type && column.Source.AsText == column.Target.AsText && column.Source.Expression is null
            && !column.Meaning.JsonByValue && source.HashesAsItComes(column.Target.Type))
        && Options.Text.Exact;

    public RowQuery SourceQuery => Layout.SourceQuery(Pair);

    public RowQuery TargetQuery => Layout.TargetQuery(Pair);

    public SideReader SourceReader() => new(Source, SourceQuery, () => Layout.SourceEncoder(Seed), Tally, Layout.KeyCount, Seed, HashesRaw);

    public SideReader TargetReader() => new(Target, TargetQuery, () => Layout.TargetEncoder(Seed), Tally, Layout.KeyCount, Seed, HashesRaw);

    /// <summary>Rows of the larger side, where both engines have a guess.</summary>
    public long? EstimatedRows => _sourceRows is { } source && _targetRows is { } target ? Math.Max(source, target) : null;

    /// <summary>Rows of the larger side of those of which there is a guess; 0 where there is none.</summary>
    public long GuessedRows => Math.Max(_sourceRows ?? 0, _targetRows ?? 0);

    /// <summary>Asks both engines for their guesses. What a schema says was true when the server last counted, which may have been before the table was filled.</summary>
    public async Task EstimateAsync(CancellationToken cancellationToken)
    {
        (_sourceRows, _targetRows) = await BothSides.AskAsync(
            token => EstimateAsync(Source, SourceQuery, Pair.Source, token),
            token => EstimateAsync(Target, TargetQuery, Pair.TargetSql is null ? Pair.Target : null, token),
            cancellationToken).ConfigureAwait(false);
        Tally.Expect(_sourceRows + _targetRows);
    }

    private static async Task<long?> EstimateAsync(IDatabaseSnapshot side, RowQuery query, TableSchema? whole, CancellationToken cancellationToken)
    {
        var now = side is ISegmentedSnapshot segmented ? await segmented.EstimateAsync(query, cancellationToken).ConfigureAwait(false) : null;
        return now is null || (query is { Where: null, Range: null } && whole?.EstimatedRows > now) ? whole?.EstimatedRows : now;
    }
}
