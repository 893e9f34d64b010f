namespace MigrationTools.Databases.Conversion;

/// <summary>What a column of text can hold, which differs by engine.</summary>
public enum TextContent
{
    /// <summary>UTF-8 without U+0000: PostgreSQL (its documentation, "Character Types": "the NULL character can't be stored").</summary>
    Utf8WithoutNul = 0,

    /// <summary>Any bytes: SQLite keeps what it is given (its documentation, "Invalid UTF").</summary>
    Any,
}
