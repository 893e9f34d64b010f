using MigrationTools.Databases.Comparison;

namespace MigrationTools.Databases.Steps;

/// <summary>Says in words how two fingerprints of one database differ.</summary>
internal static class FingerprintDifference
{
    /// <summary>One clause a difference; empty where there is none.</summary>
    public static IReadOnlyList<string> Describe(DatabaseFingerprint? before, DatabaseFingerprint? now)
    {
        if (before is null || now is null)
        {
            return (before, now) switch
            {
                (null, null) => [],
                (null, _) => ["there was no database, and now there is one"],
                _ => ["the database is gone"],
            };
        }

        var differences = new List<string>();
        var tables = now.Tables.ToDictionary(table => table.Table, StringComparer.Ordinal);
        foreach (var old in before.Tables)
        {
            if (!tables.Remove(old.Table, out var table))
            {
                differences.Add($"table {old.Table} is gone");
            }
            else if (table.Rows != old.Rows)
            {
                differences.Add($"table {old.Table} had {old.Rows} rows and has {table.Rows}");
            }
            else if (table.Digest != old.Digest)
            {
                differences.Add($"rows of table {old.Table} were changed ({table.Rows} rows then and now)");
            }
        }

        differences.AddRange(tables.Keys.Select(table => $"table {table} is new"));
        if (before.SchemaHash != now.SchemaHash)
        {
            differences.Add("the structure differs");
        }

        return differences;
    }
}
