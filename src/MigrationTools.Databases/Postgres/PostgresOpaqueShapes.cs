using System.Globalization;

namespace MigrationTools.Databases.Postgres;

/// <summary>Learns the shapes of a target's own types from its catalog.</summary>
internal static class PostgresOpaqueShapes
{
    /// <summary>Oids from here on are given out by a database (FirstUnpinnedObjectId of access/transam.h); below, all servers agree.</summary>
    private const uint FirstOwnType = 12000;

    // The types themselves, and whatever they are made of, however deep. A domain shows as what it is made of.
    private const string Query =
        """
        WITH RECURSIVE used (oid) AS (
            SELECT unnest($1::oid[])
            UNION
            SELECT part.oid
            FROM used
            JOIN pg_catalog.pg_type AS t ON t.oid = used.oid
            CROSS JOIN LATERAL (
                SELECT t.typelem AS oid WHERE t.typelem <> 0 AND t.typlen = -1
                UNION ALL SELECT t.typbasetype WHERE t.typtype = 'd'
                UNION ALL SELECT a.atttypid FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = t.typrelid AND t.typrelid <> 0 AND a.attnum > 0 AND NOT a.attisdropped
            ) AS part
        )
        SELECT t.oid, t.typtype, CASE WHEN t.typlen = -1 THEN t.typelem ELSE 0 END, t.typbasetype,
               (SELECT string_agg(a.atttypid::text, ',' ORDER BY a.attnum) FROM pg_catalog.pg_attribute AS a
                WHERE a.attrelid = t.typrelid AND t.typrelid <> 0 AND a.attnum > 0 AND NOT a.attisdropped)
        FROM used
        JOIN pg_catalog.pg_type AS t ON t.oid = used.oid
        """;

    /// <summary>A shape a column; null where its values hold no oid that another database might not have.</summary>
    public static async Task<PostgresOpaqueShape?[]> OfAsync(
        PostgresConnection connection, IReadOnlyList<uint> types, IReadOnlyList<PostgresWire> wires, string doing, CancellationToken cancellationToken)
    {
        var opaque = types.Where((_, index) => wires[index] == PostgresWire.Opaque).Distinct().ToList();
        if (opaque.Count == 0)
        {
            return new PostgresOpaqueShape?[types.Count];
        }

        var rows = await connection.QueryAsync(Query, ["{" + string.Join(',', opaque) + "}"], doing, cancellationToken).ConfigureAwait(false);
        var catalog = rows.ToDictionary(row => Oid(row[0]), row => new Entry(row[1]![0], Oid(row[2]), Oid(row[3]), row[4]?.Split(',').Select(Oid).ToList() ?? []));
        return types.Select((type, index) => wires[index] == PostgresWire.Opaque ? ShapeOf(type, catalog) : null).ToArray();
    }

    private static PostgresOpaqueShape? ShapeOf(uint type, Dictionary<uint, Entry> catalog)
    {
        if (!catalog.TryGetValue(type, out var entry))
        {
            return null;
        }

        if (entry.Kind == 'd')
        {
            return ShapeOf(entry.Base, catalog);
        }

        if (entry.Kind == 'c')
        {
            var fields = entry.Fields.Select(field => (field, ShapeOf(field, catalog))).ToList();
            return fields.TrueForAll(field => field.field < FirstOwnType && field.Item2 is null) ? null : new PostgresOpaqueShape.Composite(fields);
        }

        if (entry.Element == 0)
        {
            return null;
        }

        var element = ShapeOf(entry.Element, catalog);
        return entry.Element < FirstOwnType && element is null ? null : new PostgresOpaqueShape.Array(entry.Element, element);
    }

    private static uint Oid(string? text) => uint.Parse(text!, CultureInfo.InvariantCulture);

    private sealed record Entry(char Kind, uint Element, uint Base, List<uint> Fields);
}
