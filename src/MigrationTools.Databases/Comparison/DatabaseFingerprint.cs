using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison;

/// <summary>What a database holds, short enough to be kept: equal fingerprints mean the same structure and the same rows.</summary>
/// <param name="SchemaHash">SHA-256 (hex) of the structure in a fixed text form, Others included.</param>
/// <param name="Tables">In order of name.</param>
public sealed record DatabaseFingerprint(string SchemaHash, IReadOnlyList<TableFingerprint> Tables)
{
    /// <summary>Where its sequences stand, by name.</summary>
    public IReadOnlyList<SequenceState> Sequences { get; init; } = [];
}
