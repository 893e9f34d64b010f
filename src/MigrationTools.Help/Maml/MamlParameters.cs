using System.Globalization;
using System.Xml.Linq;
using MigrationTools.Help.Cmdlets;
using MigrationTools.Help.Pages;

namespace MigrationTools.Help.Maml;

/// <summary>Parameters in MAML: as a parameter set's syntax has them, and as they are described.</summary>
internal static class MamlParameters
{
    public static XElement SyntaxItem(HelpPage page, CmdletFacts cmdlet, string set) => new(
        MamlNames.Command + "syntaxItem",
        new XElement(MamlNames.Maml + "name", cmdlet.Name),
        cmdlet.InSet(set).Select(item => Parameter(page, item.Parameter, item.Use)));

    public static XElement Parameter(HelpPage page, ParameterFacts parameter, ParameterUse use) => new(
        MamlNames.Command + "parameter",
        new XAttribute("required", Lower(use.Required)),
        new XAttribute("variableLength", Lower(parameter.Type.EndsWith("[]", StringComparison.Ordinal))),
        new XAttribute("globbing", Lower(parameter.Wildcards)),
        new XAttribute("pipelineInput", use.PipelineInput),
        new XAttribute("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
        new XAttribute("aliases", parameter.Aliases.Count > 0 ? string.Join(", ", parameter.Aliases) : "none"),
        new XElement(MamlNames.Maml + "name", parameter.Name),
        MamlNames.Description(page.Parameters.GetValueOrDefault(parameter.Name, [])),
        Values(parameter),
        parameter.IsSwitch
            ? null
            : new XElement(MamlNames.Command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", "false"), parameter.Type),
        new XElement(MamlNames.Dev + "type", new XElement(MamlNames.Maml + "name", parameter.Type), new XElement(MamlNames.Maml + "uri")),
        new XElement(MamlNames.Dev + "defaultValue", parameter.Default));

    private static XElement? Values(ParameterFacts parameter) => parameter.AcceptedValues.Count == 0
        ? null
        : new XElement(
            MamlNames.Command + "parameterValueGroup",
            parameter.AcceptedValues.Select(value => new XElement(
                MamlNames.Command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), value)));

    private static string Lower(bool value) => value ? "true" : "false";
}
