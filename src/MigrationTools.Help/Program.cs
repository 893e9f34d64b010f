using System.Xml;
using MigrationTools.Commands;
using MigrationTools.Help;
using MigrationTools.Help.Cmdlets;
using MigrationTools.Help.Pages;

const string Usage =
    """
    Keeps the help of the module.

      refresh [<pages>]           brings the pages in step with the cmdlets; what people wrote stays, what nobody wrote yet reads TODO
      maml <pages> <directory>    compiles the pages into the directory, as the module brings them

    <pages> is docs/en-US of the repository that the current directory is in, where it is not given.
    """;

var cmdlets = CmdletReader.Read(typeof(AsyncCommand).Assembly);
try
{
    switch (args)
    {
        case ["refresh", .. { Length: <= 1 } rest]:
            var pages = rest is [var given] ? given : Path.Combine(Repository(), "docs", "en-US");
            return Refresh(new HelpDirectory(pages, cmdlets));
        case ["maml", var from, _] when !Directory.Exists(from):
            throw new DirectoryNotFoundException($"There is no directory '{from}'.");
        case ["maml", var from, var to]:
            return Compile(new HelpDirectory(from, cmdlets), to);
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

int Refresh(HelpDirectory directory)
{
    foreach (var name in directory.RefreshAll())
    {
        Console.WriteLine($"Refreshed: {directory.FileOf(name)}");
    }

    foreach (var name in directory.Names.Except(cmdlets.Select(cmdlet => cmdlet.Name)))
    {
        Console.Error.WriteLine($"{directory.FileOf(name)} is the page of no cmdlet.");
    }

    return 0;
}

int Compile(HelpDirectory directory, string to)
{
    foreach (var name in cmdlets.Select(cmdlet => cmdlet.Name).Except(directory.Names))
    {
        Console.Error.WriteLine($"warning: {name} has no page, and so no help; 'refresh' makes one.");
    }

    Directory.CreateDirectory(to);
    var file = Path.Combine(to, PageLayout.HelpFile);
    using var writer = XmlWriter.Create(file, new XmlWriterSettings { Indent = true, NewLineChars = "\n" });
    directory.Compile().Save(writer);
    Console.WriteLine($"Help: {file}");
    return 0;
}

static string Repository()
{
    for (var directory = Environment.CurrentDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
    {
        if (File.Exists(Path.Combine(directory, "MigrationTools.sln")))
        {
            return directory;
        }
    }

    throw new IOException("The current directory is in no repository of MigrationTools: say where the pages are.");
}
