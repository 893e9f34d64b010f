namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>By which columns a table may be split.</summary>
/// <param name="Columns">The longest beginning of the key in which both sides have one order and no NULL; target names.</param>
/// <param name="WhyWhole">Why it is empty; null where it is not.</param>
internal sealed record KeyOrder(IReadOnlyList<string> Columns, string? WhyWhole)
{
    public static KeyOrder None(string why) => new([], why);
}
