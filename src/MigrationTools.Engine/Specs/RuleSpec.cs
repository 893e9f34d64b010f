namespace MigrationTools.Engine.Specs;

/// <summary>A business rule: SQL whose one value must be as expected.</summary>
public sealed record RuleSpec
{
    public required string Name { get; init; }

    /// <summary>Name of the database system.</summary>
    public required string System { get; init; }

    public EndpointSide Side { get; init; } = EndpointSide.Target;

    public required EngineSql Sql { get; init; }

    public required Expectation Expect { get; init; }

    public double Weight { get; init; } = 1;
}
