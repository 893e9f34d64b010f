using System.Globalization;
using MigrationTools.Databases.Comparison;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Steps;

/// <summary>Says in words how two fingerprints of one database differ.</summary>
internal static class FingerprintDifference
{
    /// <summary>
    /// One clause a difference in structure and rows; empty where there is none. Sequences are left out: one that has moved on is no row that was written.
    /// </summary>
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

    /// <summary>One clause a difference in tables and their rows; structure is left out.</summary>
    public static IReadOnlyList<string> DescribeRows(DatabaseFingerprint? before, DatabaseFingerprint? now) =>
        Describe(before, before is null ? now : now is null ? null : now with { SchemaHash = before.SchemaHash });

    /// <summary>One clause a difference in structure; rows are left out.</summary>
    public static IReadOnlyList<string> DescribeStructure(DatabaseFingerprint? before, DatabaseFingerprint? now)
    {
        if (before is null || now is null)
        {
            return Describe(before, now);
        }

        return
        [
            .. before.Tables.Select(table => table.Table).Except(now.Tables.Select(table => table.Table)).Select(table => $"table {table} is gone"),
            .. now.Tables.Select(table => table.Table).Except(before.Tables.Select(table => table.Table)).Select(table => $"table {table} is new"),
            .. before.SchemaHash == now.SchemaHash ? Array.Empty<string>() : ["the structure differs"],
        ];
    }

    /// <summary>One clause a sequence that does not stand where it stood.</summary>
    public static IEnumerable<string> DescribeSequences(DatabaseFingerprint? before, DatabaseFingerprint? now)
    {
        if (before is null || now is null)
        {
            return [];
        }

        var then = before.Sequences.ToDictionary(position => position.Sequence);
        var after = now.Sequences.ToDictionary(position => position.Sequence);
        return
        [
            .. from name in then.Keys.Union(after.Keys)
               let old = then.GetValueOrDefault(name)
               let position = after.GetValueOrDefault(name)
               where old != position
               orderby name.ToString()
               select $"the sequence {name} stood at {Describe(old)} and stands at {Describe(position)}",
        ];
    }

    private static string Describe(SequenceState? position) => position is null ? "nothing" : string.Create(CultureInfo.InvariantCulture, $"{position.Last}{(position.Used ? "" : " (next)")}");
}
