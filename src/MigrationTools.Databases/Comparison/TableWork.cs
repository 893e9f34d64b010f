using System.Security.Cryptography;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison;

/// <summary>What the parts of a table's comparison share.</summary>
internal sealed class TableWork
{
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
        && Layout.Columns.All(column => column.Source.Type == column.Target.Type && column.Source.AsText == column.Target.AsText && column.Source.Expression is null)
        && Options.Text.Exact;

    public RowQuery SourceQuery => Layout.SourceQuery(Pair);

    public RowQuery TargetQuery => Layout.TargetQuery(Pair);

    public SideReader SourceReader() => new(Source, SourceQuery, () => Layout.SourceEncoder(Seed), Tally, Layout.KeyCount, Seed, HashesRaw);

    public SideReader TargetReader() => new(Target, TargetQuery, () => Layout.TargetEncoder(Seed), Tally, Layout.KeyCount, Seed, HashesRaw);

    /// <summary>Rows of the larger side, as far as its server guesses them.</summary>
    public long? EstimatedRows => Pair.Source?.EstimatedRows is { } source && Pair.Target.EstimatedRows is { } target ? Math.Max(source, target) : null;
}
