namespace MigrationTools.Engine.Specs;

/// <summary>One mistake in a spec.</summary>
/// <param name="File">The file's path as the user gave it.</param>
/// <param name="Line">From 1; 0 where the file could not be read at all.</param>
/// <param name="Column">From 1; 0 likewise.</param>
/// <param name="Message">What is wrong, the expected form, and the nearest valid name where there is one. Never holds a secret.</param>
public sealed record SpecMistake(string File, int Line, int Column, string Message)
{
    public override string ToString() => Line > 0 ? $"{File}({Line},{Column}): {Message}" : $"{File}: {Message}";
}
