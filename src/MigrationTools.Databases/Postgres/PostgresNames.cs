using System.Text.Json;

namespace MigrationTools.Databases.Postgres;

/// <summary>Names as the server's catalogs are asked for them: as a JSON array, which can spell any of them.</summary>
internal static class PostgresNames
{
    /// <summary>The names; none where there is no array.</summary>
    public static List<string> Of(string? json)
    {
        if (json is null)
        {
            return [];
        }

        using var names = JsonDocument.Parse(json);
        return [.. names.RootElement.EnumerateArray().Select(name => name.GetString()!)];
    }
}
