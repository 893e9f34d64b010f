namespace MigrationTools.Engine.Reports.Building;

/// <summary>
/// How much of what grows with the data a report lists, so that its size stays readable whatever went wrong. Counts are always of all,
/// and each list says how many it left out.
/// </summary>
internal static class ReportLimits
{
    /// <summary>Differing rows listed a table.</summary>
    public const int DifferencesATable = 100;

    /// <summary>Differing rows listed in all.</summary>
    public const int Differences = 500;

    /// <summary>Columns listed of a differing row's key, and of its differing columns.</summary>
    public const int ColumnsADifference = 12;

    /// <summary>Characters of a value of the data.</summary>
    public const int ValueLength = 300;

    /// <summary>Characters of a message, a query or an error.</summary>
    public const int TextLength = 2000;

    /// <summary>Pieces of evidence kept a step or check.</summary>
    public const int Evidence = 20;
}
