using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Integrity;

/// <summary>Finds the foreign keys that a database's data must obey: those it declares, and those that its source declared and it lost.</summary>
internal static class ForeignKeysOf
{
    public static IReadOnlyList<ForeignKeyToCheck> Request(ReferentialRequest request)
    {
        var declared = request.Schema.Tables
            .SelectMany(table => table.ForeignKeys.Select(key => Declared(request.Schema, table, key)))
            .ToList();
        var lost = request.Pairs.SelectMany(pair => LostBy(request, pair));
        return
        [
            .. declared.Concat(lost)
                .Where(key => request.Tables is null || request.Tables.Contains(key.Table.Name)),
        ];
    }

    private static ForeignKeyToCheck Declared(DatabaseSchema schema, TableSchema table, ForeignKeySchema key) => new()
    {
        Table = table,
        Key = key,
        Parent = schema.Find(key.References),
        Unfollowed = key.Columns.Count == key.ReferencedColumns.Count && key.Columns.Count > 0
            ? null
            : (Verdict.Error, $"it declares {key.Columns.Count} columns and refers to {key.ReferencedColumns.Count}: the server can't check it, and no more can be said here"),
    };

    /// <summary>The foreign keys of the pair's source that its target does not declare, in the target's names. A key that the target declares stands for one of them.</summary>
    private static List<ForeignKeyToCheck> LostBy(ReferentialRequest request, TablePair pair)
    {
        var child = request.Schema.Find(pair.Target.Name) ?? pair.Target;
        var unclaimed = child.ForeignKeys.ToList();
        var lost = new List<ForeignKeyToCheck>();
        var changed = new List<(ForeignKeySchema Key, TablePair Parent)>();
        foreach (var key in pair.Source?.ForeignKeys ?? [])
        {
            if (request.Pairs.FirstOrDefault(candidate => candidate.Source is { } source && source.Name == key.References) is not { } parent)
            {
                lost.Add(Unfollowed(child, key, request));
            }
            else if (Renamed(key, pair, parent) is not { } renamed)
            {
                changed.Add((key, parent));
            }
            else if (child.ForeignKeys.FirstOrDefault(own => Same(own, renamed)) is { } declared)
            {
                unclaimed.Remove(declared);
            }
            else
            {
                lost.Add(new ForeignKeyToCheck { Table = child, Key = renamed, Parent = request.Schema.Find(parent.Target.Name), Declared = false });
            }
        }

        // Last, for what expressions make of a key is known least: the keys that are taken as they are have theirs by now.
        foreach (var (key, parent) in changed)
        {
            if (unclaimed.Find(own => MayStandFor(own, key, pair, parent)) is { } declared)
            {
                unclaimed.Remove(declared);
            }
            else
            {
                lost.Add(Unfollowed(child, key, pair, parent));
            }
        }

        return lost;
    }

    private static ForeignKeyToCheck Unfollowed(TableSchema child, ForeignKeySchema key, ReferentialRequest request) => request.WithoutPlace.Contains(key.References)
        ? Unfollowed(child, key, Verdict.Inconclusive, $"nothing of the target takes the place of {key.References}")
        : Unfollowed(child, key, Verdict.Skipped, $"the spec does not take {key.References}, which it refers to");

    private static ForeignKeyToCheck Unfollowed(TableSchema child, ForeignKeySchema key, TablePair pair, TablePair parent) =>
        key.Columns.Any(pair.IsDroppedBySpec) || key.ReferencedColumns.Any(parent.IsDroppedBySpec)
            ? Unfollowed(child, key, Verdict.Skipped, "the spec drops a column that it is made of")
            : Unfollowed(child, key, Verdict.Inconclusive, "a column that it is made of is not taken as it is, so it can't be followed on the target");

    private static ForeignKeyToCheck Unfollowed(TableSchema child, ForeignKeySchema key, Verdict verdict, string why) => new()
    {
        Table = child,
        Key = key,
        Declared = false,
        Unfollowed = (verdict, $"the source declares {key.Name ?? "a foreign key"} ({string.Join(", ", key.Columns)}) → {key.References}: {why}"),
    };

    /// <summary>The key in the target's names; null where a column of it is not taken as it is.</summary>
    private static ForeignKeySchema? Renamed(ForeignKeySchema key, TablePair pair, TablePair parent) =>
        Mapped(pair, key.Columns) is { } columns && Mapped(parent, key.ReferencedColumns) is { } referenced
            ? key with { Columns = columns, References = parent.Target.Name, ReferencedColumns = referenced }
            : null;

    /// <summary>The target's names of source columns; null where one of them is not taken as it is.</summary>
    private static List<string>? Mapped(TablePair pair, IReadOnlyList<string> columns)
    {
        var names = columns.Select(name => pair.Columns.FirstOrDefault(column => column.Source.Expression is null && column.Source.Name == name)?.Target.Name);
        return names.All(name => name is not null) ? [.. names.Select(name => name!)] : null;
    }

    /// <summary>Whether each column of the target's key may hold what became of another column of the source's: it is taken there as it is, or by an expression that names it.</summary>
    private static bool MayStandFor(ForeignKeySchema own, ForeignKeySchema key, TablePair pair, TablePair parent)
    {
        if (own.References != parent.Target.Name || own.Columns.Count != key.Columns.Count || (key.MatchFull && !own.MatchFull))
        {
            return false;
        }

        var left = own.Columns.Zip(own.ReferencedColumns).ToList();
        foreach (var (column, referenced) in key.Columns.Zip(key.ReferencedColumns))
        {
            var found = left.FindIndex(candidate => MayBe(candidate.First, column, pair) && MayBe(candidate.Second, referenced, parent));
            if (found < 0)
            {
                return false;
            }

            left.RemoveAt(found);
        }

        return true;
    }

    private static bool MayBe(string target, string source, TablePair pair) => pair.Columns.Any(column => column.Target.Name == target
        && (column.Source.Expression is { } expression ? TablePairing.Takes(expression, source) : column.Source.Name == source));

    private static bool Same(ForeignKeySchema own, ForeignKeySchema mapped) =>
        own.References == mapped.References
        && (own.MatchFull || !mapped.MatchFull)
        && own.Columns.Zip(own.ReferencedColumns).ToHashSet().SetEquals(mapped.Columns.Zip(mapped.ReferencedColumns));
}
