using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Integrity.Profiles;

/// <summary>How one engine is asked for the figures of a column. A new engine is one more of these, and a line in <see cref="For"/>.</summary>
internal abstract class ProfileSql(ISqlDialect dialect)
{
    protected static LogicalType Text { get; } = new(LogicalKind.Text);

    protected static LogicalType Float { get; } = new(LogicalKind.Float64);

    /// <exception cref="InvalidRequestException">Nothing is known of the engine.</exception>
    public static ProfileSql For(ISqlDialect dialect) => dialect.Name switch
    {
        "sqlite" => new SqliteProfileSql(dialect),
        "postgresql" => new PostgresProfileSql(dialect),
        _ => throw new InvalidRequestException($"Data quality is not known for the engine '{dialect.Name}'."),
    };

    /// <summary>The figures that make sense for the column's type.</summary>
    public abstract IReadOnlyList<Figure> FiguresOf(ProfiledColumn column);

    /// <summary>What the values are, after they were looked at.</summary>
    public abstract ValueForm FormOf(ProfiledColumn column, RawProfile seen);

    protected string Column(ProfiledColumn column) => "q." + dialect.Quote(column.Name);

    protected static IEnumerable<Figure> Lengths(string length) =>
    [
        Figure.Number(FigureKind.MinimumLength, $"min({length})"),
        Figure.Number(FigureKind.MaximumLength, $"max({length})"),
        Figure.Number(FigureKind.TotalLength, $"sum({length})"),
    ];
}
