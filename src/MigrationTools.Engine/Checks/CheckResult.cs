namespace MigrationTools.Engine.Checks;

/// <summary>One question asked of the world and its answer.</summary>
public sealed record CheckResult
{
    /// <summary>Stable within a spec, such as <c>dependency:target-server</c> or <c>compare:shop_database/orders</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The question as people read it.</summary>
    public required string Name { get; init; }

    public Verdict Verdict { get; init; }

    /// <summary>One line: what was seen and what it means.</summary>
    public string Message { get; init; } = "";

    /// <summary>What to do to make it pass; null where nothing is wrong.</summary>
    public string? Remedy { get; init; }

    /// <summary>The system of the spec that it belongs to; null for the whole migration.</summary>
    public string? System { get; init; }

    /// <summary>What kind of question: dependency, resources, backup, health, compatibility, counts, checksums, referential, rule, quality …</summary>
    public string Category { get; init; } = "";

    /// <summary>Whether the migration needs it to pass.</summary>
    public bool Required { get; init; } = true;

    /// <summary>Its share in the integrity score; at least 0.</summary>
    public double Weight { get; init; } = 1;

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    public TimeSpan Duration { get; init; }

    /// <summary>Who waived it and why; set exactly when <see cref="Verdict"/> is Waived.</summary>
    public Waiver? Waiver { get; init; }
}
