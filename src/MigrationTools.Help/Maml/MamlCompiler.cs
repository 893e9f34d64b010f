using System.Xml.Linq;
using MigrationTools.Help.Cmdlets;
using MigrationTools.Help.Pages;

namespace MigrationTools.Help.Maml;

/// <summary>
/// Compiles pages into MAML, the form in which <c>Get-Help</c> reads the help of compiled cmdlets: the prose from the pages, all else
/// from the assembly. The elements are those that PowerShell's own help files have.
/// </summary>
public static class MamlCompiler
{
    /// <summary>The document of all pages.</summary>
    /// <exception cref="FormatException">A page is of no cmdlet.</exception>
    public static XDocument Compile(IEnumerable<HelpPage> pages, IReadOnlyList<CmdletFacts> cmdlets)
    {
        ArgumentNullException.ThrowIfNull(pages);
        ArgumentNullException.ThrowIfNull(cmdlets);
        var commands = pages.Select(page => Command(
            page, cmdlets.FirstOrDefault(cmdlet => cmdlet.Name == page.Name) ?? throw new FormatException($"There is no cmdlet '{page.Name}'.")));
        return new XDocument(new XDeclaration("1.0", "utf-8", null), new XElement(MamlNames.Help + "helpItems", new XAttribute("schema", "maml"), commands));
    }

    private static XElement Command(HelpPage page, CmdletFacts cmdlet) => new(
        MamlNames.Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", MamlNames.Maml),
        new XAttribute(XNamespace.Xmlns + "command", MamlNames.Command),
        new XAttribute(XNamespace.Xmlns + "dev", MamlNames.Dev),
        new XElement(
            MamlNames.Command + "details",
            new XElement(MamlNames.Command + "name", cmdlet.Name),
            new XElement(MamlNames.Command + "verb", cmdlet.Verb),
            new XElement(MamlNames.Command + "noun", cmdlet.Noun),
            MamlNames.Description(page.Synopsis)),
        MamlNames.Description(page.Description),
        new XElement(MamlNames.Command + "syntax", cmdlet.Sets.Select(set => MamlParameters.SyntaxItem(page, cmdlet, set))),
        new XElement(MamlNames.Command + "parameters", cmdlet.Parameters.Select(parameter => MamlParameters.Parameter(page, parameter, parameter.Uses[0]))),
        new XElement(MamlNames.Command + "inputTypes", cmdlet.Inputs.Select(name => Type("inputType", name, page.Inputs))),
        new XElement(MamlNames.Command + "returnValues", cmdlet.Outputs.Select(name => Type("returnValue", name, page.Outputs))),
        new XElement(MamlNames.Maml + "alertSet", new XElement(MamlNames.Maml + "alert", MamlNames.Paragraphs(page.Notes))),
        new XElement(MamlNames.Command + "examples", page.Examples.Select(Example)),
        new XElement(
            MamlNames.Command + "relatedLinks",
            page.Links.Select(Link).Prepend(Navigation("Online Version:", PageLayout.OnlineVersion(cmdlet.Name)))));

    private static XElement Type(string element, string name, IReadOnlyDictionary<string, IReadOnlyList<string>> described) => new(
        MamlNames.Command + element,
        new XElement(MamlNames.Dev + "type", new XElement(MamlNames.Maml + "name", name)),
        MamlNames.Description(described.GetValueOrDefault(name, [])));

    private static XElement Example(HelpExample example) => new(
        MamlNames.Command + "example",
        new XElement(MamlNames.Maml + "title", $"-------------------------- {example.Title} --------------------------"),
        new XElement(MamlNames.Dev + "code", example.Code),
        new XElement(MamlNames.Dev + "remarks", MamlNames.Paragraphs(example.Remarks)));

    // A file beside the page means nothing to a console: its name is what Get-Help takes.
    private static XElement Link(PageLink link) => Navigation(link.Text, link.Target.StartsWith("https://", StringComparison.Ordinal) ? link.Target : "");

    private static XElement Navigation(string text, string address) => new(
        MamlNames.Maml + "navigationLink", new XElement(MamlNames.Maml + "linkText", text), new XElement(MamlNames.Maml + "uri", address));
}
