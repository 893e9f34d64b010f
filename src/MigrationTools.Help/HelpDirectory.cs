using System.Xml.Linq;
using MigrationTools.Help.Cmdlets;
using MigrationTools.Help.Maml;
using MigrationTools.Help.Pages;

namespace MigrationTools.Help;

/// <summary>The directory of the pages, one file a cmdlet, named as the cmdlet.</summary>
/// <param name="path">Its path.</param>
/// <param name="cmdlets">The cmdlets that the pages are of.</param>
public sealed class HelpDirectory(string path, IReadOnlyList<CmdletFacts> cmdlets)
{
    /// <summary>The names of the cmdlets that have a page.</summary>
    public IReadOnlyList<string> Names =>
        Directory.Exists(path) ? [.. Directory.GetFiles(path, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)] : [];

    public string FileOf(string cmdlet) => Path.Combine(path, $"{cmdlet}.md");

    /// <summary>What a page reads and what it should read.</summary>
    /// <exception cref="FormatException">The page is not laid out as a page; the message begins with its file.</exception>
    public (string? Now, string Refreshed) Refresh(CmdletFacts cmdlet)
    {
        ArgumentNullException.ThrowIfNull(cmdlet);
        var now = File.Exists(FileOf(cmdlet.Name)) ? File.ReadAllText(FileOf(cmdlet.Name)).ReplaceLineEndings("\n") : null;
        return (now, InFile(cmdlet.Name, () => PageRefresher.Refresh(now, cmdlet)));
    }

    /// <summary>Writes the pages that are not as they should be.</summary>
    /// <returns>The names of the cmdlets whose pages were written.</returns>
    public IReadOnlyList<string> RefreshAll()
    {
        Directory.CreateDirectory(path);
        var written = new List<string>();
        foreach (var cmdlet in cmdlets)
        {
            var (now, refreshed) = Refresh(cmdlet);
            if (now != refreshed)
            {
                File.WriteAllText(FileOf(cmdlet.Name), refreshed);
                written.Add(cmdlet.Name);
            }
        }

        return written;
    }

    /// <summary>Compiles all pages.</summary>
    /// <exception cref="FormatException">A page can't be read; the message begins with its file.</exception>
    public XDocument Compile() => MamlCompiler.Compile(Names.Select(Read), cmdlets);

    public HelpPage Read(string cmdlet) => InFile(cmdlet, () => HelpPage.Read(File.ReadAllText(FileOf(cmdlet))));

    private T InFile<T>(string cmdlet, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw new FormatException($"{FileOf(cmdlet)}: {e.Message}", e);
        }
    }
}
