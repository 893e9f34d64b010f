using System.Text.Json.Serialization;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Cli.Output;

/// <summary>What went wrong.</summary>
/// <param name="Id">One of <see cref="Engine.ErrorIds"/>.</param>
/// <param name="Message">As people read it, without secrets.</param>
internal sealed record ErrorDetail(string Id, string Message)
{
    /// <summary>Every mistake with its place, where a spec was wrong.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SpecMistake>? Mistakes { get; init; }
}
