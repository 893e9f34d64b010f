namespace MigrationTools.Engine.Specs.Reading.Nodes;

/// <summary>A key and its value.</summary>
internal sealed record MappingEntry(ScalarNode Key, SpecNode Value);
