using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Tests.Metrics;

/// <summary>Specs for tests.</summary>
internal static class Sample
{
    public static MigrationSpec Spec(params SystemSpec[] systems) => new()
    {
        Id = "test",
        Name = "a test",
        Systems = systems,
        Directory = Path.GetTempPath(),
        Hash = new string('0', 64),
    };

    public static HttpSystemSpec Http(string source, string target, string? health = null) => new()
    {
        Name = "shop_api",
        Source = Endpoint.Parse(source, Path.GetTempPath()),
        Target = Endpoint.Parse(target, Path.GetTempPath()),
        Health = health,
    };
}
