namespace MigrationTools.Engine.Specs.Reading;

/// <summary>What is known of a system while the spec is being read; null is "not known, because of a mistake".</summary>
internal sealed class RegisteredSystem(string name)
{
    public string Name { get; } = name;

    public string? Kind { get; set; }

    /// <summary>The database engine of the source.</summary>
    public string? SourceEngine { get; set; }

    /// <summary>Likewise of the target.</summary>
    public string? TargetEngine { get; set; }

    public string? EngineOf(EndpointSide side) => side == EndpointSide.Source ? SourceEngine : TargetEngine;
}
