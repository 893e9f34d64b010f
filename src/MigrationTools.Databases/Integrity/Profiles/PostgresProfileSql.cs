using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Integrity.Profiles;

/// <summary>
/// Figures from PostgreSQL. Text is told apart and ordered by its bytes (collation "C"), whatever the column's collation; types without
/// an order or an equality of their own there (JSON and types of extensions) are told apart by their text.
/// </summary>
internal sealed class PostgresProfileSql(ISqlDialect dialect) : ProfileSql(dialect)
{
    public override IReadOnlyList<Figure> FiguresOf(ProfiledColumn column)
    {
        var raw = Column(column);
        var text = column.WithoutPadding ? $"rtrim({raw}::text, ' ')" : $"{raw}::text";
        return
        [
            Figure.Number(FigureKind.Present, $"count({raw})"),
            Figure.Number(FigureKind.Distinct, $"count(DISTINCT {(HasOwnEquality(column.Type.Kind) ? raw : $"{text} COLLATE \"C\"")})"),
            .. Bounds(column, raw, text),
            .. column.Type.Kind switch
            {
                LogicalKind.Text or LogicalKind.Char => Lengths($"char_length({text})::bigint").Select(Whole),
                LogicalKind.Blob => Lengths($"octet_length({raw})::bigint").Select(Whole),
                _ => [],
            },
        ];
    }

    public override ValueForm FormOf(ProfiledColumn column, RawProfile seen) => column.Type.Kind switch
    {
        _ when seen.Present == 0 => ValueForm.None,
        LogicalKind.Boolean or LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 or LogicalKind.Decimal or LogicalKind.Float32 or LogicalKind.Float64 =>
            ValueForm.Number,
        LogicalKind.Text or LogicalKind.Char => ValueForm.Text,
        LogicalKind.Blob => ValueForm.Bytes,
        LogicalKind.Json or LogicalKind.Opaque or LogicalKind.Dynamic => new ValueForm(column.ServerType ?? column.Type.Kind.ToString(), true),
        var kind => new ValueForm(kind.ToString(), true),
    };

    private static IReadOnlyList<Figure> Bounds(ProfiledColumn column, string raw, string text)
    {
        var (value, type) = column.Type.Kind switch
        {
            LogicalKind.Boolean => ($"{raw}::int::bigint", new LogicalType(LogicalKind.Int64)),
            LogicalKind.Text or LogicalKind.Char or LogicalKind.Uuid => ($"{text} COLLATE \"C\"", Text),
            LogicalKind.Blob or LogicalKind.Json or LogicalKind.Opaque or LogicalKind.Dynamic => (null, Text),
            _ => (raw, column.Type),
        };
        return value is null ? [] : [new Figure(FigureKind.Minimum, $"min({value})", type), new Figure(FigureKind.Maximum, $"max({value})", type)];
    }

    // sum of bigint is numeric.
    private static Figure Whole(Figure figure) => figure.Kind == FigureKind.TotalLength ? figure with { Sql = $"{figure.Sql}::bigint" } : figure;

    private static bool HasOwnEquality(LogicalKind kind) =>
        kind is not (LogicalKind.Text or LogicalKind.Char or LogicalKind.Json or LogicalKind.Opaque or LogicalKind.Dynamic);
}
