using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationTools.Tests.Postgres;

/// <summary>Where this machine keeps PostgreSQL's programs.</summary>
public static partial class PostgresBinaries
{
    /// <summary>The directory of the newest initdb and pg_ctl, or null.</summary>
    public static string? Find() => Candidates()
        .Where(directory => File.Exists(Program(directory, "initdb")) && File.Exists(Program(directory, "pg_ctl")))
        .OrderByDescending(Version)
        .FirstOrDefault();

    public static string Program(string directory, string name) => Path.Combine(directory, OperatingSystem.IsWindows() ? name + ".exe" : name);

    private static IEnumerable<string> Candidates()
    {
        var named = Environment.GetEnvironmentVariable("MIGRATIONTOOLS_TEST_POSTGRES_BIN");
        if (!string.IsNullOrEmpty(named))
        {
            return [named];
        }

        string[] roots =
        [
            "/usr/lib/postgresql",
            "/opt/homebrew/opt",
            "/usr/local/opt",
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"),
        ];
        var installed = roots.Where(Directory.Exists)
            .SelectMany(root => Directory.EnumerateDirectories(root))
            .Where(directory => VersionNumber().IsMatch(Path.GetFileName(directory)))
            .Select(directory => Path.Combine(directory, "bin"));
        string[] others = ["/usr/local/pgsql/bin", "/usr/pgsql/bin", "/usr/bin"];
        return installed.Concat((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)).Concat(others).Where(directory => directory.Length > 0);
    }

    private static int Version(string directory)
    {
        var match = VersionNumber().Match(Path.GetFileName(Path.GetDirectoryName(directory) ?? string.Empty));
        return match.Success ? int.Parse(match.Value.TrimStart('@'), CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionNumber();
}
