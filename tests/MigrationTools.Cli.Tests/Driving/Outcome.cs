using System.Text.Json;

namespace MigrationTools.Cli.Tests.Driving;

/// <summary>What a call of the program left: its exit code and what it wrote.</summary>
internal sealed record Outcome(int Code, string Out, string Error)
{
    /// <summary>Standard output as the one JSON value that it must be.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>Standard output as JSON lines.</summary>
    public IReadOnlyList<JsonElement> JsonLines => [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
