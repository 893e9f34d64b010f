namespace MigrationTools.Cli.CommandLine;

/// <summary>How this program is called: <c>migrationtools</c>, or through <c>dotnet run</c> where it was built in a clone and nothing is installed.</summary>
internal sealed class OwnName(string? runs)
{
    public const string Installed = "migrationtools";

    private const string Project = "MigrationTools.Cli";

    /// <summary>The command line of a verb on a run, ready to be pasted.</summary>
    public string Command(string verb, string argument) => Command([verb, argument]);

    /// <summary>The command line of these words.</summary>
    public string Command(IReadOnlyList<string> words) =>
        $"{Prefix()} {string.Join(' ', words.Select(Quote))}{(runs is null ? "" : $" --runs {Quote(runs)}")}";

    private static string Prefix()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (directory.Name == "bin" && directory.Parent is { } parent && File.Exists(Path.Combine(parent.FullName, $"{Project}.csproj")))
            {
                return $"dotnet run --project {Quote(Path.GetRelativePath(Environment.CurrentDirectory, parent.FullName))} --";
            }
        }

        return Installed;
    }

    private static string Quote(string text) => text.Any(character => !char.IsLetterOrDigit(character) && character is not ('-' or '_' or '.' or '/' or '\\' or ':')) ? $"'{text}'" : text;
}
