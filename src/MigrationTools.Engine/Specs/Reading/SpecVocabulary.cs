namespace MigrationTools.Engine.Specs.Reading;

/// <summary>
/// The words of a spec that depend on what is wired in rather than on the spec's own form. The composition root may pass its own; the default
/// is what this release comes with.
/// </summary>
public sealed record SpecVocabulary
{
    /// <summary>What this release comes with.</summary>
    public static SpecVocabulary BuiltIn { get; } = new();

    /// <summary>A database URI's scheme → the engine's name in <c>{ sqlite: …, postgresql: … }</c>.</summary>
    public IReadOnlyDictionary<string, string> DatabaseEngines { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["sqlite"] = "sqlite",
        ["postgresql"] = "postgresql",
        ["postgres"] = "postgresql",
    };

    /// <summary>Routers that traffic systems may name.</summary>
    public IReadOnlyList<string> Routers { get; init; } = ["haproxy", "nginx", "command"];

    /// <summary>Engines, each once.</summary>
    public IEnumerable<string> EngineNames => DatabaseEngines.Values.Distinct(StringComparer.Ordinal);
}
