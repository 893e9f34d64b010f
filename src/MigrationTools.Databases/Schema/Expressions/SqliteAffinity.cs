namespace MigrationTools.Databases.Schema.Expressions;

/// <summary>How SQLite compares a column's values, told by its declared type ("Datatypes In SQLite", section 3.1).</summary>
internal static class SqliteAffinity
{
    /// <summary>INTEGER, REAL or NUMERIC: numbers compare as numbers.</summary>
    public static bool IsNumeric(string declaredType) =>
        Has(declaredType, "INT") || (!IsText(declaredType) && declaredType.Length > 0 && !Has(declaredType, "BLOB"));

    /// <summary>TEXT: values compare as text.</summary>
    public static bool IsText(string declaredType) =>
        !Has(declaredType, "INT") && (Has(declaredType, "CHAR") || Has(declaredType, "CLOB") || Has(declaredType, "TEXT"));

    private static bool Has(string declaredType, string part) => declaredType.Contains(part, StringComparison.OrdinalIgnoreCase);
}
