using System.Globalization;

namespace MigrationTools.Engine.Databases;

/// <summary>What a person's query gave where one value was asked for, and how much more than that it gave.</summary>
/// <param name="Value">The first value of the first row, as text that the engine gives; null for NULL or no row.</param>
/// <param name="Rows">All rows, of all statements.</param>
/// <param name="Columns">Columns of the statement that gives most of them; 0 where none gives any.</param>
public sealed record QueryAnswer(string? Value, long Rows, int Columns)
{
    /// <summary>Whether nothing but one value (or none) was given: of several the first is no better than any other.</summary>
    public bool IsOneValue => Rows <= 1 && Columns <= 1;

    /// <summary>How much was given where it is more than one value, such as <c>2 rows</c> or <c>3 rows and 2 columns</c>.</summary>
    public string Shape => string.Join(" and ", Amounts());

    private IEnumerable<string> Amounts()
    {
        if (Rows > 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Rows} rows");
        }

        if (Columns > 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Columns} columns");
        }
    }
}
