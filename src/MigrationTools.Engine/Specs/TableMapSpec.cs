namespace MigrationTools.Engine.Specs;

/// <summary>Where a table's rows go, and how its columns are made. Exactly one of <see cref="Table"/> and <see cref="Query"/> is set.</summary>
public sealed record TableMapSpec
{
    /// <summary>The source table.</summary>
    public string? Table { get; init; }

    /// <summary>A SELECT on the source whose rows fill <see cref="To"/>.</summary>
    public EngineSql? Query { get; init; }

    /// <summary>The target table.</summary>
    public required string To { get; init; }

    /// <summary>Source column → target column.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Target column → SQL on the source that gives its value.</summary>
    public IReadOnlyDictionary<string, EngineSql> Expressions { get; init; } = new Dictionary<string, EngineSql>();

    /// <summary>Source columns that are not taken.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>A condition on the source: only these rows are taken.</summary>
    public EngineSql? Where { get; init; }

    /// <summary>For a query: the target's columns that tell rows apart; empty where the target has a primary key.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];
}
