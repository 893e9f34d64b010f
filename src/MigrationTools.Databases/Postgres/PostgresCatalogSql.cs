namespace MigrationTools.Databases.Postgres;

/// <summary>Queries of PostgreSQL's catalogs (its documentation, chapter 53).</summary>
internal static class PostgresCatalogSql
{
    private const string OwnSchemas = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'";

    /// <summary>Tables whose rows are read under their own name: plain ones and whole partitioned ones, without the partitions.</summary>
    private const string IsTable = $"c.relkind IN ('r', 'p') AND NOT c.relispartition AND {OwnSchemas} AND {OutsideExtensionsClass}";

    private const string OutsideExtensionsClass =
        "NOT EXISTS (SELECT 1 FROM pg_depend AS e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')";

    /// <summary>Id, schema, name, estimated rows (−1 where never analysed).</summary>
    public const string Tables =
        $"""
        SELECT c.oid, n.nspname, c.relname, CASE WHEN c.reltuples < 0 THEN -1 ELSE c.reltuples::bigint END
        FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE {IsTable}
        """;

    /// <summary>That the table itself lets no NULL into a column <c>a</c>. From version 18 on it may not have looked at the rows that it has (NOT VALID).</summary>
    public const string RefusesNull =
        "a.attnotnull AND NOT EXISTS (SELECT 1 FROM pg_constraint AS k WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND NOT k.convalidated AND a.attnum = ANY (k.conkey))";

    /// <summary>
    /// Table, name, type as written, base type's name, typtype and modifier, not null, generated, numbered by the server, default, collation, whether every row is
    /// checked for NULL.
    /// A serial is a column that owns the sequence of its default.
    /// </summary>
    public const string Columns =
        $"""
        WITH RECURSIVE base (domain, type, modifier, required) AS (
            SELECT oid, typbasetype, typtypmod, typnotnull FROM pg_type WHERE typtype = 'd'
            UNION ALL
            SELECT b.domain, t.typbasetype, CASE WHEN b.modifier >= 0 THEN b.modifier ELSE t.typtypmod END, b.required OR t.typnotnull
            FROM base AS b
            JOIN pg_type AS t ON t.oid = b.type AND t.typtype = 'd'
        )
        SELECT c.oid, a.attname, format_type(a.atttypid, a.atttypmod),
               t.typname, t.typtype, coalesce(nullif(a.atttypmod, -1), b.modifier, -1),
               a.attnotnull OR coalesce(b.required, false),
               a.attgenerated <> '',
               a.attidentity <> '' OR EXISTS (
                   SELECT 1
                   FROM pg_depend AS owned
                   JOIN pg_depend AS used ON used.refobjid = owned.objid AND used.refclassid = 'pg_class'::regclass
                   WHERE owned.classid = 'pg_class'::regclass AND owned.refclassid = 'pg_class'::regclass
                     AND owned.refobjid = c.oid AND owned.refobjsubid = a.attnum AND owned.deptype = 'a'
                     AND used.classid = 'pg_attrdef'::regclass AND used.objid = d.oid),
               pg_get_expr(d.adbin, d.adrelid),
               CASE WHEN a.attcollation <> declared.typcollation THEN l.collname END,
               {RefusesNull} AND NOT (c.relkind = 'p' AND EXISTS (
                   SELECT 1 FROM pg_partition_tree(c.oid) AS part JOIN pg_class AS f ON f.oid = part.relid WHERE f.relkind = 'f')),
               a.attidentity = 'a'
        FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_type AS declared ON declared.oid = a.atttypid
        LEFT JOIN base AS b ON b.domain = a.atttypid AND NOT EXISTS (SELECT 1 FROM pg_type AS more WHERE more.oid = b.type AND more.typtype = 'd')
        JOIN pg_type AS t ON t.oid = coalesce(b.type, a.atttypid)
        LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
        LEFT JOIN pg_collation AS l ON l.oid = a.attcollation
        WHERE {IsTable}
        ORDER BY c.oid, a.attnum
        """;

    /// <summary>Table, kind, name, columns, parent's schema and name, parent's columns, on delete, on update, check's expression, deferrable, initially deferred, match, nulls not distinct (from 15 on).</summary>
    public const string Constraints =
        $"""
        SELECT c.oid, k.contype, k.conname,
               (SELECT json_agg(a.attname ORDER BY p.place) FROM unnest(k.conkey) WITH ORDINALITY AS p (number, place)
                JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = p.number),
               pn.nspname, pc.relname,
               (SELECT json_agg(a.attname ORDER BY p.place) FROM unnest(k.confkey) WITH ORDINALITY AS p (number, place)
                JOIN pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = p.number),
               k.confdeltype, k.confupdtype,
               pg_get_expr(k.conbin, k.conrelid),
               k.condeferrable, k.condeferred, k.confmatchtype,
               (SELECT to_jsonb(i) ->> 'indnullsnotdistinct' FROM pg_index AS i WHERE i.indexrelid = k.conindid AND k.contype = 'u')
        FROM pg_constraint AS k
        JOIN pg_class AS c ON c.oid = k.conrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        LEFT JOIN pg_class AS pc ON pc.oid = k.confrelid
        LEFT JOIN pg_namespace AS pn ON pn.oid = pc.relnamespace
        WHERE k.contype IN ('p', 'u', 'f', 'c') AND k.conparentid = 0 AND {IsTable}
        ORDER BY c.oid, k.conname
        """;

    /// <summary>
    /// The foreign keys that partitions declare for themselves, whose tables <see cref="Constraints"/> leaves out: schema and name of the partition and of the whole table, name,
    /// columns, parent's schema and name, parent's columns, match.
    /// </summary>
    public const string ForeignKeysOfPartitions =
        $"""
        SELECT n.nspname AS part_schema, c.relname AS part, wn.nspname AS whole_schema, w.relname AS whole, k.conname AS name,
               (SELECT json_agg(a.attname ORDER BY p.place) FROM unnest(k.conkey) WITH ORDINALITY AS p (number, place)
                JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = p.number) AS columns,
               pn.nspname AS parent_schema, pc.relname AS parent,
               (SELECT json_agg(a.attname ORDER BY p.place) FROM unnest(k.confkey) WITH ORDINALITY AS p (number, place)
                JOIN pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = p.number) AS referenced,
               k.confmatchtype AS match
        FROM pg_constraint AS k
        JOIN pg_class AS c ON c.oid = k.conrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_class AS w ON w.oid = pg_partition_root(c.oid)
        JOIN pg_namespace AS wn ON wn.oid = w.relnamespace
        JOIN pg_class AS pc ON pc.oid = k.confrelid
        JOIN pg_namespace AS pn ON pn.oid = pc.relnamespace
        WHERE k.contype = 'f' AND k.conparentid = 0 AND c.relispartition AND {OwnSchemas} AND {OutsideExtensionsClass}
        ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", k.conname COLLATE "C"
        """;

    /// <summary>Table, name, unique, definition, condition, key columns with '' in an expression's place, whether it is a valid B-tree. Those behind constraints are left out.</summary>
    public const string Indexes =
        $"""
        SELECT c.oid, ic.relname, i.indisunique, pg_get_indexdef(i.indexrelid), pg_get_expr(i.indpred, i.indrelid),
               (SELECT json_agg(coalesce(a.attname, '') ORDER BY p.place)
                FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS p (number, place)
                LEFT JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = p.number AND p.number <> 0
                WHERE p.place <= i.indnkeyatts),
               i.indisvalid AND am.amname = 'btree'
        FROM pg_index AS i
        JOIN pg_class AS ic ON ic.oid = i.indexrelid
        JOIN pg_am AS am ON am.oid = ic.relam
        JOIN pg_class AS c ON c.oid = i.indrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE NOT EXISTS (SELECT 1 FROM pg_constraint AS k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')) AND {IsTable}
        ORDER BY c.oid, ic.relname
        """;

    public const string Views =
        $"""
        SELECT n.nspname, c.relname, pg_get_viewdef(c.oid)
        FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind = 'v' AND {OwnSchemas} AND {OutsideExtensionsClass}
        """;

    public const string FreeSequences =
        $"""
        SELECT n.nspname, c.relname
        FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind = 'S' AND {OwnSchemas} AND {OutsideExtensionsClass}
          AND NOT EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i'))
        """;

    /// <summary>
    /// Schema and name of a sequence, and of the table that owns it (null where none does). The server asks conditions in an order of its own, and
    /// has_sequence_privilege fails on what is no sequence: hence the CASE.
    /// </summary>
    public const string ReadableSequences =
        $"""
        SELECT n.nspname, c.relname, tn.nspname, t.relname
        FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        LEFT JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        LEFT JOIN pg_class AS t ON t.oid = d.refobjid
        LEFT JOIN pg_namespace AS tn ON tn.oid = t.relnamespace
        WHERE c.relkind = 'S' AND {OwnSchemas} AND {OutsideExtensionsClass}
          AND has_schema_privilege(n.oid, 'USAGE') AND CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'SELECT') END
        ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
        """;

    /// <summary>Kind, name, definition of everything else.</summary>
    public const string Others =
        $"""
        SELECT CASE c.relkind WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' WHEN 'p' THEN 'partitioned table' ELSE 'partition' END,
               n.nspname || '.' || c.relname,
               CASE WHEN c.relkind = 'm' THEN pg_get_viewdef(c.oid) WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE (c.relkind IN ('m', 'f', 'p') OR (c.relkind = 'r' AND c.relispartition)) AND {OwnSchemas} AND {OutsideExtensionsClass}
        UNION ALL
        SELECT 'inheriting table', n.nspname || '.' || c.relname, 'INHERITS (' || string_agg(h.inhparent::regclass::text, ', ' ORDER BY h.inhseqno) || ')'
        FROM pg_inherits AS h JOIN pg_class AS c ON c.oid = h.inhrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND NOT c.relispartition AND {OwnSchemas}
        GROUP BY 1, 2
        UNION ALL
        SELECT 'generated column', n.nspname || '.' || c.relname || '.' || a.attname, pg_get_expr(d.adbin, d.adrelid)
        FROM pg_attribute AS a JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE a.attgenerated <> '' AND {OwnSchemas}
        UNION ALL
        SELECT CASE k.contype WHEN 'x' THEN 'exclusion constraint' ELSE 'constraint trigger' END,
               n.nspname || '.' || c.relname || '.' || k.conname, pg_get_constraintdef(k.oid)
        FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE k.contype IN ('x', 't') AND {OwnSchemas}
        UNION ALL
        SELECT 'trigger', n.nspname || '.' || c.relname || '.' || t.tgname, pg_get_triggerdef(t.oid)
        FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE NOT t.tgisinternal AND {OwnSchemas}
        UNION ALL
        SELECT 'rule', n.nspname || '.' || c.relname || '.' || r.rulename, pg_get_ruledef(r.oid)
        FROM pg_rewrite AS r JOIN pg_class AS c ON c.oid = r.ev_class JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE r.rulename <> '_RETURN' AND {OwnSchemas}
        UNION ALL
        SELECT 'row security policy', n.nspname || '.' || c.relname || '.' || p.polname, pg_get_expr(p.polqual, p.polrelid)
        FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE {OwnSchemas}
        UNION ALL
        SELECT CASE f.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window function' ELSE 'function' END,
               f.oid::regprocedure::text, CASE WHEN f.prokind <> 'a' THEN pg_get_functiondef(f.oid) END
        FROM pg_proc AS f JOIN pg_namespace AS n ON n.oid = f.pronamespace
        WHERE {OwnSchemas} AND NOT EXISTS (SELECT 1 FROM pg_depend AS e WHERE e.classid = 'pg_proc'::regclass AND e.objid = f.oid AND e.deptype IN ('e', 'i'))
        UNION ALL
        SELECT CASE t.typtype WHEN 'e' THEN 'enum type' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range type' WHEN 'c' THEN 'composite type' ELSE 'type' END,
               n.nspname || '.' || t.typname,
               CASE t.typtype
                   WHEN 'e' THEN (SELECT string_agg(quote_literal(v.enumlabel), ', ' ORDER BY v.enumsortorder) FROM pg_enum AS v WHERE v.enumtypid = t.oid)
                   WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) || coalesce((SELECT string_agg(' ' || pg_get_constraintdef(k.oid), '' ORDER BY k.conname) FROM pg_constraint AS k WHERE k.contypid = t.oid), '')
                   WHEN 'c' THEN (SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum) FROM pg_attribute AS a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)
               END
        FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace LEFT JOIN pg_class AS tc ON tc.oid = t.typrelid
        WHERE t.typtype IN ('e', 'd', 'r', 'c', 'b') AND (t.typtype <> 'c' OR tc.relkind = 'c') AND t.typelem = 0 AND {OwnSchemas}
          AND NOT EXISTS (SELECT 1 FROM pg_depend AS e WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid AND e.deptype = 'e')
        UNION ALL
        SELECT 'extension', x.extname, x.extversion FROM pg_extension AS x WHERE x.extname <> 'plpgsql'
        UNION ALL
        SELECT 'event trigger', v.evtname, v.evtevent FROM pg_event_trigger AS v
        UNION ALL
        SELECT 'publication', p.pubname, NULL FROM pg_publication AS p
        UNION ALL
        SELECT 'foreign server', s.srvname, NULL FROM pg_foreign_server AS s
        UNION ALL
        SELECT 'collation', n.nspname || '.' || l.collname, NULL FROM pg_collation AS l JOIN pg_namespace AS n ON n.oid = l.collnamespace WHERE {OwnSchemas}
        UNION ALL
        SELECT 'operator', n.nspname || '.' || o.oprname, NULL
        FROM pg_operator AS o JOIN pg_namespace AS n ON n.oid = o.oprnamespace
        WHERE {OwnSchemas} AND NOT EXISTS (SELECT 1 FROM pg_depend AS e WHERE e.classid = 'pg_operator'::regclass AND e.objid = o.oid AND e.deptype = 'e')
        UNION ALL
        SELECT 'text search configuration', n.nspname || '.' || s.cfgname, NULL FROM pg_ts_config AS s JOIN pg_namespace AS n ON n.oid = s.cfgnamespace WHERE {OwnSchemas}
        UNION ALL
        SELECT 'extended statistics', n.nspname || '.' || s.stxname, pg_get_statisticsobjdef(s.oid) FROM pg_statistic_ext AS s JOIN pg_namespace AS n ON n.oid = s.stxnamespace WHERE {OwnSchemas}
        UNION ALL
        SELECT 'large objects', count(*)::text, NULL FROM pg_largeobject_metadata HAVING count(*) > 0
        """;
}
