namespace MigrationTools.Help.Cmdlets;

/// <summary>What the assembly says of a parameter.</summary>
public sealed record ParameterFacts
{
    public required string Name { get; init; }

    /// <summary>Short name of its type, such as <c>String[]</c>.</summary>
    public required string Type { get; init; }

    /// <summary>It is given without a value.</summary>
    public bool IsSwitch { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The only values that it takes; empty where it takes any.</summary>
    public IReadOnlyList<string> AcceptedValues { get; init; } = [];

    /// <summary>As people read it; <c>None</c> where there is none.</summary>
    public string Default { get; init; } = "None";

    public bool Wildcards { get; init; }

    /// <summary>One for each parameter set that has it; sets are never empty.</summary>
    public required IReadOnlyList<ParameterUse> Uses { get; init; }

    /// <summary>PowerShell itself brings it, with <c>SupportsShouldProcess</c>.</summary>
    public bool IsFromPowerShell => Name is "WhatIf" or "Confirm";

    public ParameterUse? UseIn(string set) => Uses.FirstOrDefault(use => use.Set == set);
}
