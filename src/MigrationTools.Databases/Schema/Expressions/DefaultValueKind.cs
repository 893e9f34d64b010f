namespace MigrationTools.Databases.Schema.Expressions;

/// <summary>What a default gives.</summary>
internal enum DefaultValueKind
{
    Null = 0,
    Number,
    Text,
    Boolean,

    /// <summary>Text holds the bytes as hexadecimal digits.</summary>
    Blob,

    /// <summary>The present instant.</summary>
    Now,

    /// <summary>The present date and time in UTC, without zone.</summary>
    NowUtc,

    /// <summary>The present date.</summary>
    Today,
}
