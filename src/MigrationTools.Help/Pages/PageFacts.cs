using System.Text.RegularExpressions;
using MigrationTools.Help.Cmdlets;

namespace MigrationTools.Help.Pages;

/// <summary>The mechanical parts of a page, as the assembly has them.</summary>
internal static partial class PageFacts
{
    private const int Width = 110;

    /// <summary>The section SYNTAX: a block of code for each parameter set.</summary>
    public static PageSection Syntax(CmdletFacts cmdlet)
    {
        var section = new PageSection { Level = 2, Title = PageLayout.Syntax };
        return cmdlet.Sets.Count == 1
            ? section with { Body = SyntaxBlock(cmdlet, cmdlet.Sets[0]) }
            : section with
            {
                Children = [.. cmdlet.Sets.Select((set, index) => new PageSection { Level = 3, Title = index == 0 ? $"{set} (Default)" : set, Body = SyntaxBlock(cmdlet, set) })],
            };
    }

    /// <summary>The blocks of YAML of a parameter: one for all parameter sets that agree.</summary>
    public static string Yaml(ParameterFacts parameter, CmdletFacts cmdlet) =>
        string.Join("\n\n", parameter.Uses.GroupBy(use => use with { Set = "" }).Select(same => Yaml(parameter, same.Key, [.. same.Select(use => use.Set)], cmdlet)));

    /// <summary>What people wrote of a parameter: its section without the blocks of YAML.</summary>
    public static string WithoutYaml(string body) => YamlBlocks().Replace(body, "").Trim('\n');

    private static string Yaml(ParameterFacts parameter, ParameterUse use, List<string> sets, CmdletFacts cmdlet)
    {
        var lines = new List<string>
        {
            "```yaml",
            $"Type: {parameter.Type}",
            $"Parameter Sets: {(sets.Count == cmdlet.Sets.Count ? "(All)" : string.Join(", ", sets))}",
            $"Aliases: {string.Join(", ", parameter.Aliases)}".TrimEnd(),
        };
        if (parameter.AcceptedValues.Count > 0)
        {
            lines.Add($"Accepted values: {string.Join(", ", parameter.AcceptedValues)}");
        }

        lines.AddRange(
        [
            "",
            $"Required: {use.Required}",
            $"Position: {use.PositionText}",
            $"Default value: {parameter.Default}",
            $"Accept pipeline input: {use.PipelineInput}",
            $"Accept wildcard characters: {parameter.Wildcards}",
            "```",
        ]);
        return string.Join('\n', lines);
    }

    private static string SyntaxBlock(CmdletFacts cmdlet, string set)
    {
        var lines = new List<string> { cmdlet.Name };
        foreach (var word in cmdlet.InSet(set).Select(item => Word(item.Parameter, item.Use)).Append("[<CommonParameters>]"))
        {
            if (lines[^1].Length + 1 + word.Length > Width)
            {
                lines.Add("");
            }

            lines[^1] += $" {word}";
        }

        return $"```\n{string.Join('\n', lines)}\n```";
    }

    private static string Word(ParameterFacts parameter, ParameterUse use)
    {
        var name = use.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        var word = parameter.IsSwitch ? name : $"{name} <{parameter.Type}>";
        return use.Required ? word : $"[{word}]";
    }

    [GeneratedRegex(@"^```yaml\n.*?^```\n*", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex YamlBlocks();
}
