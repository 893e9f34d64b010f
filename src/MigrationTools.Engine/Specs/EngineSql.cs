namespace MigrationTools.Engine.Specs;

/// <summary>SQL from the user: one text for every engine, or one an engine (<c>{ sqlite: …, postgresql: … }</c>).</summary>
public sealed record EngineSql
{
    /// <summary>For engines without a text of their own; null where every one has its own.</summary>
    public string? Any { get; init; }

    /// <summary>By <see cref="Databases.ISqlDialect.Name"/>.</summary>
    public IReadOnlyDictionary<string, string> ByEngine { get; init; } = new Dictionary<string, string>();

    public static implicit operator EngineSql(string sql) => new() { Any = sql };

    /// <summary>The text for an engine, or null where there is none.</summary>
    public string? For(string dialect) => ByEngine.TryGetValue(dialect, out var sql) ? sql : Any;
}
