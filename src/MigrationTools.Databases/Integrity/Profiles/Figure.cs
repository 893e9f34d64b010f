using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Integrity.Profiles;

/// <summary>A figure to ask for.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Sql">An aggregate over the rows.</param>
/// <param name="Type">The type of what it gives.</param>
internal sealed record Figure(FigureKind Kind, string Sql, LogicalType Type)
{
    private static readonly LogicalType Whole = new(LogicalKind.Int64);

    /// <summary>A figure that is a count or a length.</summary>
    public static Figure Number(FigureKind kind, string sql) => new(kind, sql, Whole);
}
