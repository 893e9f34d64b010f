namespace MigrationTools.Engine;

/// <summary>Paths without links in them, by which two names of one file are known.</summary>
public static class RealPath
{
    /// <summary>How paths are told apart where this runs.</summary>
    public static StringComparer Comparer => OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>The full path with every link in it followed, as far as it is there.</summary>
    /// <exception cref="IOException">Its links lead in a circle.</exception>
    public static string Of(string path)
    {
        path = Path.GetFullPath(path);
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        var real = Path.Combine(Of(parent), Path.GetFileName(path));
        FileSystemInfo info = Directory.Exists(real) ? new DirectoryInfo(real) : new FileInfo(real);
        return info.LinkTarget is null ? real : Of(info.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
    }
}
