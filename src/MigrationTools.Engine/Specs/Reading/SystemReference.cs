namespace MigrationTools.Engine.Specs.Reading;

/// <summary>A system named by another part of the spec, and which of its endpoints (null: the key's default).</summary>
internal sealed record SystemReference(string System, EndpointSide? Side);
