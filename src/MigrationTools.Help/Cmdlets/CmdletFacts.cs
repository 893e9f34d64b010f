namespace MigrationTools.Help.Cmdlets;

/// <summary>What the assembly says of a cmdlet: all of its help that is not prose.</summary>
public sealed record CmdletFacts
{
    /// <summary>The name of the only set of a cmdlet that has no others, as PowerShell calls it.</summary>
    public const string AllSets = "__AllParameterSets";

    public required string Verb { get; init; }

    public required string Noun { get; init; }

    public string Name => $"{Verb}-{Noun}";

    /// <summary>Names of its parameter sets, the default one first.</summary>
    public required IReadOnlyList<string> Sets { get; init; }

    /// <summary>By name, those that PowerShell brings last.</summary>
    public required IReadOnlyList<ParameterFacts> Parameters { get; init; }

    /// <summary>Full names of the types that it takes from the pipeline; <c>None</c> where it takes nothing.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Full names of the types that it emits.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>The parameters of a set as its syntax shows them: by position, then what must be given, then the rest by name.</summary>
    public IReadOnlyList<(ParameterFacts Parameter, ParameterUse Use)> InSet(string set) =>
    [
        .. Parameters.Select(parameter => (Parameter: parameter, Use: parameter.UseIn(set))).Where(item => item.Use is not null)
            .Select(item => (item.Parameter, Use: item.Use!))
            .OrderBy(item => item.Use.Position ?? int.MaxValue)
            .ThenBy(item => !item.Use.Required),
    ];
}
