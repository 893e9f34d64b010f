namespace MigrationTools.Databases.Postgres;

/// <summary>Which span's rows a pack holds, and how many, sent as one number.</summary>
/// <param name="Place">The span among those that were asked for, from 1; 0 where rows are packed by pages.</param>
/// <param name="Rows">How many rows.</param>
internal readonly record struct PostgresPack(int Place, int Rows)
{
    private const int BitsOfRows = 32;

    /// <summary>SQL of the number.</summary>
    public static string Sql(string place, string rows) => $"({place} << {BitsOfRows}) + {rows}";

    public static PostgresPack Of(long number) => new((int)(number >> BitsOfRows), (int)(number & uint.MaxValue));
}
