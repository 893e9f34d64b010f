namespace MigrationTools.Engine.Endpoints;

/// <summary>A part of a text, from <paramref name="Start"/> up to and without <paramref name="End"/>.</summary>
internal readonly record struct SecretSpan(int Start, int End);
