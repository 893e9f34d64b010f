namespace MigrationTools.Databases.Conversion;

/// <summary>Which floats a column can hold, which differs by engine.</summary>
public enum FloatContent
{
    /// <summary>All of IEEE 754.</summary>
    Any = 0,

    /// <summary>All but NaN: SQLite turns it into NULL (its documentation, "Floating Point Numbers").</summary>
    WithoutNaN,
}
