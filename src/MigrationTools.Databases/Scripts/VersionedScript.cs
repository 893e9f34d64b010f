namespace MigrationTools.Databases.Scripts;

/// <summary>A versioned SQL script, such as <c>V3.0.1__split_name.sql</c> or, for one engine, <c>V3.0.1__split_name.postgresql.sql</c>.</summary>
/// <param name="Version">3.0.1</param>
/// <param name="Description">split name</param>
/// <param name="File">Absolute path.</param>
public sealed record VersionedScript(string Version, string Description, string File)
{
    public string Name => Path.GetFileName(File);
}
