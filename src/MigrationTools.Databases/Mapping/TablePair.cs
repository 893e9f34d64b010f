using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Mapping;

/// <summary>A target table and what of the source fills it. Resolved against both schemas: every name in it is there.</summary>
public sealed record TablePair
{
    /// <summary>The source's table; null where <see cref="SourceSql"/> is given.</summary>
    public TableSchema? Source { get; init; }

    /// <summary>A SELECT on the source.</summary>
    public string? SourceSql { get; init; }

    /// <summary>The target's table; where <see cref="TargetSql"/> is given, a name for people and the query's columns.</summary>
    public required TableSchema Target { get; init; }

    /// <summary>A SELECT on the target; null where the table itself is read.</summary>
    public string? TargetSql { get; init; }

    /// <summary>In the order of the target's columns; generated columns are not in it.</summary>
    public required IReadOnlyList<ColumnPair> Columns { get; init; }

    /// <summary>Columns that the target computes and the source has too: nothing copies them, and what was computed is compared.</summary>
    public IReadOnlyList<ColumnPair> Computed { get; init; } = [];

    /// <summary>Target columns that tell rows apart on both sides; empty for a table without a key (compared as a multiset).</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>A condition on the source.</summary>
    public string? Where { get; init; }

    /// <summary>A condition on the target.</summary>
    public string? TargetWhere { get; init; }

    /// <summary>The part of both tables that is meant, by <see cref="Key"/>; null for all of it. Both sides must order the key alike.</summary>
    public KeyRange? Part { get; init; }

    /// <summary>Source columns that nothing takes, with the reason: dropped by the spec. Never empty in silence.</summary>
    public IReadOnlyList<string> DroppedColumns { get; init; } = [];

    /// <summary>Whether the spec names a source column as one to be dropped.</summary>
    internal bool IsDroppedBySpec(string column) => DroppedColumns.Contains(DroppedBySpec(column));

    internal static string DroppedBySpec(string column) => $"{column}: dropped by the spec";

    /// <summary>The source's name for people: the table, or <c>(query for target)</c>.</summary>
    public string SourceName => Source?.Name.ToString() ?? $"(query for {Target.Name})";

    /// <summary>The target's name for people.</summary>
    public string TargetName => Target.Name.ToString();

    /// <summary>The source's side as a query, in whatever order is fastest.</summary>
    public RowQuery SourceQuery() => new()
    {
        Table = Source?.Name,
        Sql = SourceSql,
        Where = Where,
        Range = Part is null ? null : Part with { Columns = [.. Part.Columns.Select(name => Columns.First(pair => pair.Target.Name == name).Source.Name)] },
        Columns = [.. Columns.Select(pair => pair.Source)],
    };

    /// <summary>The target's side as a query over the same columns, each under its own name.</summary>
    public RowQuery TargetQuery() => new()
    {
        Table = TargetSql is null ? Target.Name : null,
        Sql = TargetSql,
        Where = TargetWhere,
        Range = Part,
        Columns = [.. Columns.Select(pair => new ReadColumn(pair.Target.Name, pair.Target.Type))],
    };
}
