using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Integrity.Profiles;

/// <summary>
/// Figures from SQLite, where every value brings its own storage class. Text is told apart and ordered by its bytes, whatever the
/// column's collation.
/// </summary>
internal sealed class SqliteProfileSql(ISqlDialect dialect) : ProfileSql(dialect)
{
    public override IReadOnlyList<Figure> FiguresOf(ProfiledColumn column)
    {
        var raw = Column(column);
        var value = column.WithoutPadding ? $"CASE WHEN typeof({raw}) = 'text' THEN rtrim({raw}, ' ') ELSE {raw} END" : raw;
        var figures = new List<Figure>
        {
            Figure.Number(FigureKind.Present, $"count({raw})"),
            Figure.Number(FigureKind.Distinct, $"count(DISTINCT {Normal(column, value)} COLLATE BINARY)"),
            Figure.Number(FigureKind.Numbers, CountOf(raw, "'integer', 'real'")),
            Figure.Number(FigureKind.Texts, CountOf(raw, "'text'")),
            Figure.Number(FigureKind.Blobs, CountOf(raw, "'blob'")),
        };
        if (column.Type.Kind is not (LogicalKind.Blob or LogicalKind.Json or LogicalKind.Opaque))
        {
            figures.Add(new Figure(FigureKind.Minimum, $"min({value} COLLATE BINARY)", column.Type));
            figures.Add(new Figure(FigureKind.Maximum, $"max({value} COLLATE BINARY)", column.Type));
        }

        if (column.Type.Kind == LogicalKind.Decimal)
        {
            figures.Add(new Figure(FigureKind.ApproximateMinimum, $"min(CAST({raw} AS REAL))", Float));
            figures.Add(new Figure(FigureKind.ApproximateMaximum, $"max(CAST({raw} AS REAL))", Float));
        }

        return column.Type.Kind is LogicalKind.Text or LogicalKind.Char or LogicalKind.Blob
            ? [.. figures, .. Lengths($"length({value})")]
            : figures;
    }

    public override ValueForm FormOf(ProfiledColumn column, RawProfile seen)
    {
        var kind = column.Type.Kind;
        var isText = kind is LogicalKind.Text or LogicalKind.Char or LogicalKind.Dynamic;
        return seen.Present switch
        {
            0 => ValueForm.None,
            var all when all == seen.Numbers => ValueForm.Number,
            var all when all == seen.Texts => isText ? ValueForm.Text : new ValueForm($"{kind} kept as text", false),
            var all when all == seen.Blobs => kind is LogicalKind.Blob or LogicalKind.Dynamic ? ValueForm.Bytes : new ValueForm($"{kind} kept as blobs", false),
            _ => new ValueForm($"values of several storage classes ({seen.Numbers} numbers, {seen.Texts} texts, {seen.Blobs} blobs)", false),
        };
    }

    // '1.50' and '1.5' are one decimal; more than zeros at the end is not undone here.
    private static string Normal(ProfiledColumn column, string value) => column.Type.Kind == LogicalKind.Decimal
        ? $"CASE WHEN typeof({value}) = 'text' AND instr({value}, '.') > 0 AND instr(lower({value}), 'e') = 0 THEN rtrim(rtrim({value}, '0'), '.') ELSE {value} END"
        : value;

    private static string CountOf(string value, string classes) => $"count(CASE WHEN typeof({value}) IN ({classes}) THEN 1 END)";
}
