using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Mapping;

/// <summary>A target table and what of the source fills it. Resolved against both schemas: every name in it is there.</summary>
public sealed record TablePair
{
    /// <summary>The source's table; null where <see cref="SourceSql"/> is given.</summary>
    public TableSchema? Source { get; init; }

    /// <summary>A SELECT on the source.</summary>
    public string? SourceSql { get; init; }

    public required TableSchema Target { get; init; }

    /// <summary>In the order of the target's columns; generated columns are not in it.</summary>
    public required IReadOnlyList<ColumnPair> Columns { get; init; }

    /// <summary>Target columns that tell rows apart on both sides; empty for a table without a key (compared as a multiset).</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>A condition on the source.</summary>
    public string? Where { get; init; }

    /// <summary>Source columns that nothing takes, with the reason: dropped by the spec. Never empty in silence.</summary>
    public IReadOnlyList<string> DroppedColumns { get; init; } = [];

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
        Columns = [.. Columns.Select(pair => pair.Source)],
    };

    /// <summary>The target's side as a query over the same columns, each under its own name.</summary>
    public RowQuery TargetQuery() => new()
    {
        Table = Target.Name,
        Columns = [.. Columns.Select(pair => new ReadColumn(pair.Target.Name, pair.Target.Type))],
    };
}
