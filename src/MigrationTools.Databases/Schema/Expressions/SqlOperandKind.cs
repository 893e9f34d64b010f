namespace MigrationTools.Databases.Schema.Expressions;

/// <summary>What an operand of a check gives, as far as both engines agree on how it compares.</summary>
internal enum SqlOperandKind
{
    /// <summary>A column that can only be asked whether it is null.</summary>
    Other = 0,

    /// <summary>True, false or null.</summary>
    Condition,
    Boolean,
    Number,

    /// <summary>Compared byte by byte on both sides, so only for equality: order depends on collations.</summary>
    Text,
}
