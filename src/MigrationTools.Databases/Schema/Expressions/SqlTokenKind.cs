namespace MigrationTools.Databases.Schema.Expressions;

/// <summary>What a <see cref="SqlToken"/> is.</summary>
internal enum SqlTokenKind
{
    End = 0,

    /// <summary>An unquoted name or keyword.</summary>
    Word,

    /// <summary>A quoted name, without its quotes.</summary>
    QuotedName,

    /// <summary>A string literal, without quotes and unescaped.</summary>
    String,

    /// <summary>A number as written.</summary>
    Number,

    /// <summary>An operator or punctuation.</summary>
    Symbol,

    /// <summary>Something that is not part of the portable subset: an unfinished literal, an odd escape, a parameter.</summary>
    Unknown,
}
