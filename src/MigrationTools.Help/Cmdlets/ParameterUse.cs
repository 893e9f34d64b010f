namespace MigrationTools.Help.Cmdlets;

/// <summary>How a parameter may be given in one parameter set, or in several that agree.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Position">From 0; null where it is given by name only.</param>
/// <param name="ByValue">It takes objects of the pipeline.</param>
/// <param name="ByPropertyName">It takes a property of the pipeline's objects.</param>
public sealed record ParameterUse(string Set, bool Required, int? Position, bool ByValue, bool ByPropertyName)
{
    /// <summary><c>False</c>, or <c>True</c> with the ways, as pages and MAML write it.</summary>
    public string PipelineInput => (ByValue, ByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    public string PositionText => Position is { } position ? position.ToString(System.Globalization.CultureInfo.InvariantCulture) : "Named";
}
