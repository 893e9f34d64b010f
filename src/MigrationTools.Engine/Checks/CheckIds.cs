namespace MigrationTools.Engine.Checks;

/// <summary>How ids of checks are written: <c>category:system/item</c>, stable within a spec.</summary>
public static class CheckIds
{
    /// <summary>A name from a spec as part of an id: blanks become hyphens.</summary>
    public static string PartOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Join('-', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary><c>counts:shop_database/orders</c>, or <c>counts:orders</c> where no spec names the system.</summary>
    public static string Of(string category, string? system, string item) => system is null ? $"{category}:{item}" : $"{category}:{system}/{item}";
}
