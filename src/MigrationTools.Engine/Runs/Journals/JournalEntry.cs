using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationTools.Engine.Runs.Journals;

/// <summary>One line of a journal.</summary>
public sealed record JournalEntry
{
    /// <summary>From 1, without gaps.</summary>
    public required long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="JournalKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The step it is about; null for the run itself.</summary>
    public string? Step { get; init; }

    /// <summary>The owner's epoch: every process that takes the run over counts it up.</summary>
    public required long Epoch { get; init; }

    public required JsonObject Data { get; init; }

    /// <summary>Hash of the entry before; empty for the first.</summary>
    public required string Prev { get; init; }

    /// <summary>SHA-256 (hex) of the line without this property.</summary>
    public required string Hash { get; init; }

    /// <summary>A property of <see cref="Data"/> as a type, or the type's default where it is absent.</summary>
    public T? Get<T>(string property) => Data[property] is { } node ? node.Deserialize<T>(MigrationJson.Line) : default;
}
