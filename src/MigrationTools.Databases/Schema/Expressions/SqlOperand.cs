namespace MigrationTools.Databases.Schema.Expressions;

/// <summary>A part of a check, already written for the target.</summary>
/// <param name="Sql">SQL of the target engine.</param>
/// <param name="Kind">What it gives.</param>
internal sealed record SqlOperand(string Sql, SqlOperandKind Kind)
{
    /// <summary>The value, where it is a literal.</summary>
    public string? Literal { get; init; }
}
