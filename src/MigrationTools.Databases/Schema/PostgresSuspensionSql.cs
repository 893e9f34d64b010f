namespace MigrationTools.Databases.Schema;

/// <summary>
/// What the catalogue of PostgreSQL is asked (its documentation, "System Catalogs"). The tables come as $1, a JSON array of
/// objects with schema and name: one parameter for any number of tables.
/// </summary>
internal static class PostgresSuspensionSql
{
    private const string Wanted = """
        WITH wanted AS (
            SELECT c.oid
            FROM jsonb_to_recordset($1::jsonb) AS w(schema text, name text)
            JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
            JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
            WHERE c.relkind = 'r' AND NOT c.relispartition
        ),
        """;

    /// <summary>Foreign keys of the tables, and those of any table that refer to them.</summary>
    private const string ForeignKeysOfWanted = """
        keys AS (
            SELECT f.*, pg_catalog.obj_description(f.oid, 'pg_constraint') IS NULL
                AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_class t WHERE t.oid IN (f.conrelid, f.confrelid) AND (t.relkind <> 'r' OR t.relispartition)) AS free
            FROM pg_catalog.pg_constraint f
            WHERE f.contype = 'f' AND f.conparentid = 0 AND (f.conrelid IN (SELECT oid FROM wanted) OR f.confrelid IN (SELECT oid FROM wanted))
        )
        """;

    /// <summary>schema, table, name, definition, columns (JSON), referenced schema, table and columns (JSON), whether it can come back exactly.</summary>
    public const string ForeignKeys = Wanted + ForeignKeysOfWanted + """

        SELECT n.nspname, c.relname, k.conname, pg_catalog.pg_get_constraintdef(k.oid),
            (SELECT jsonb_agg(a.attname ORDER BY p.at) FROM unnest(k.conkey) WITH ORDINALITY AS p(num, at) JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.num)::text,
            rn.nspname, r.relname,
            (SELECT jsonb_agg(a.attname ORDER BY p.at) FROM unnest(k.confkey) WITH ORDINALITY AS p(num, at) JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = p.num)::text,
            k.free::text
        FROM keys k
        JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_class r ON r.oid = k.confrelid
        JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
        ORDER BY n.nspname, c.relname, k.conname
        """;

    /// <summary>
    /// schema, table, name, p (primary key), u (unique key) or i (index), definition, columns (JSON; null where an expression is among
    /// them), whether it can come back exactly: what neither definition says (comment, tablespace, CLUSTER, replica identity,
    /// statistics of an expression, a key's storage parameters) or what hangs on it keeps it in place.
    /// </summary>
    public const string Indexes = Wanted + ForeignKeysOfWanted + """

        SELECT n.nspname, c.relname, i.relname, coalesce(k.contype::text, 'i'),
            CASE WHEN k.oid IS NULL THEN pg_catalog.pg_get_indexdef(x.indexrelid) ELSE pg_catalog.pg_get_constraintdef(k.oid) END,
            CASE WHEN 0 = ANY (x.indkey::int2[]) THEN NULL ELSE (
                SELECT jsonb_agg(a.attname ORDER BY p.at)
                FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS p(num, at)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = p.num
                WHERE p.at <= x.indnkeyatts) END::text,
            (x.indisvalid AND NOT x.indisclustered AND NOT x.indisreplident AND i.reltablespace = 0
                AND pg_catalog.obj_description(x.indexrelid, 'pg_class') IS NULL
                AND (k.oid IS NULL OR pg_catalog.obj_description(k.oid, 'pg_constraint') IS NULL)
                AND (k.contype IS NULL OR (k.contype <> 'x' AND i.reloptions IS NULL))
                AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_attribute s WHERE s.attrelid = x.indexrelid AND s.attstattarget >= 0)
                AND NOT EXISTS (
                    SELECT 1
                    FROM pg_catalog.pg_depend d
                    WHERE d.deptype IN ('n', 'P', 'S')
                    AND ((d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = x.indexrelid)
                        OR (d.refclassid = 'pg_catalog.pg_constraint'::regclass AND d.refobjid = k.oid))
                    AND NOT (d.classid = 'pg_catalog.pg_constraint'::regclass AND d.objid IN (SELECT oid FROM keys WHERE free))))::text
        FROM pg_catalog.pg_index x
        JOIN wanted w ON w.oid = x.indrelid
        JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
        LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x') AND k.conrelid = x.indrelid
        WHERE NOT i.relispartition
        ORDER BY n.nspname, c.relname, i.relname
        """;

    /// <summary>Definition of the constraint $3 of table $1.$2, if it is there.</summary>
    public const string Constraint = """
        SELECT pg_catalog.pg_get_constraintdef(k.oid)
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relname = $2 AND k.conname = $3
        """;

    /// <summary>Definition of the index $2 in schema $1, if it is there.</summary>
    public const string Index = """
        SELECT pg_catalog.pg_get_indexdef(i.oid)
        FROM pg_catalog.pg_class i
        JOIN pg_catalog.pg_namespace n ON n.oid = i.relnamespace
        WHERE n.nspname = $1 AND i.relname = $2 AND i.relkind = 'i'
        """;
}
