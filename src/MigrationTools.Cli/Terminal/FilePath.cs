namespace MigrationTools.Cli.Terminal;

/// <summary>Paths as people read them.</summary>
internal static class FilePath
{
    /// <summary>Relative to the current directory where it lies under it; otherwise as it is.</summary>
    public static string Show(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return Path.IsPathRooted(relative) || relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : relative;
    }
}
