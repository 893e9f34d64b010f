using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Specs;

/// <summary>Which of a system's two endpoints.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EndpointSide>))]
public enum EndpointSide
{
    Source = 0,
    Target,
}
