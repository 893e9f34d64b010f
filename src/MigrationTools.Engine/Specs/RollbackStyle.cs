using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Specs;

/// <summary>How traffic goes back.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RollbackStyle>))]
public enum RollbackStyle
{
    Immediate = 0,
    Gradual,
}
