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
        var lost = request.Pairs.SelectMany(pair => (pair.Source?.ForeignKeys ?? []).Select(key => FromSource(request, pair, key)));
        return
        [
            .. declared.Concat(lost.OfType<ForeignKeyToCheck>())
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

    /// <summary>The source's foreign key in the target's names; null where the target declares it itself.</summary>
    private static ForeignKeyToCheck? FromSource(ReferentialRequest request, TablePair pair, ForeignKeySchema key)
    {
        var child = request.Schema.Find(pair.Target.Name) ?? pair.Target;
        var parentPair = request.Pairs.FirstOrDefault(candidate => candidate.Source is { } source && source.Name == key.References);
        if (parentPair is null)
        {
            return request.WithoutPlace.Contains(key.References)
                ? Unfollowed(child, key, Verdict.Inconclusive, $"nothing of the target takes the place of {key.References}")
                : Unfollowed(child, key, Verdict.Skipped, $"the spec does not take {key.References}, which it refers to");
        }

        var columns = Mapped(pair, key.Columns);
        var referenced = Mapped(parentPair, key.ReferencedColumns);
        if (columns is null || referenced is null)
        {
            var dropped = key.Columns.Any(pair.DroppedColumns.Contains) || key.ReferencedColumns.Any(parentPair.DroppedColumns.Contains);
            if (child.ForeignKeys.Any(own => own.References == parentPair.Target.Name && own.Columns.Count == key.Columns.Count))
            {
                // Its columns are made by expressions, but the target declares a key between the same two tables: that one is looked at.
                return null;
            }

            return dropped
                ? Unfollowed(child, key, Verdict.Skipped, "the spec drops a column that it is made of")
                : Unfollowed(child, key, Verdict.Inconclusive, "a column that it is made of is not taken as it is, so it can't be followed on the target");
        }

        var mapped = key with { Columns = columns, References = parentPair.Target.Name, ReferencedColumns = referenced };
        return child.ForeignKeys.Any(own => Same(own, mapped))
            ? null
            : new ForeignKeyToCheck { Table = child, Key = mapped, Parent = request.Schema.Find(parentPair.Target.Name), Declared = false };
    }

    private static ForeignKeyToCheck Unfollowed(TableSchema child, ForeignKeySchema key, Verdict verdict, string why) => new()
    {
        Table = child,
        Key = key,
        Declared = false,
        Unfollowed = (verdict, $"the source declares {key.Name ?? "a foreign key"} ({string.Join(", ", key.Columns)}) → {key.References}: {why}"),
    };

    /// <summary>The target's names of source columns; null where one of them is not taken as it is.</summary>
    private static List<string>? Mapped(TablePair pair, IReadOnlyList<string> columns)
    {
        var names = columns.Select(name => pair.Columns.FirstOrDefault(column => column.Source.Expression is null && column.Source.Name == name)?.Target.Name);
        return names.All(name => name is not null) ? [.. names.Select(name => name!)] : null;
    }

    private static bool Same(ForeignKeySchema own, ForeignKeySchema mapped) =>
        own.References == mapped.References
        && (own.MatchFull || !mapped.MatchFull)
        && own.Columns.Zip(own.ReferencedColumns).ToHashSet().SetEquals(mapped.Columns.Zip(mapped.ReferencedColumns));
}
