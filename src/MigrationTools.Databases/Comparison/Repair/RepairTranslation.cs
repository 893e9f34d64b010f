using System.Globalization;
using MigrationTools.Databases.Conversion;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>Turns values of a pair's columns as the source gives them into literals of the target.</summary>
internal sealed class RepairTranslation(TablePair pair, ISqlDialect from, ISqlDialect to, IRepairDialect literals)
{
    private readonly CellConverter?[] _converters = [.. pair.Columns.Select(column => ConverterOf(column, pair.Source, from, to))];
    private readonly RowBatch _cell = new(1);

    /// <summary>What to read of a column: a type that only its server knows comes as the text that the server gives for it.</summary>
    public static ReadColumn Read(ReadColumn column) => column.Type.Kind == LogicalKind.Opaque ? column with { AsText = true } : column;

    /// <param name="column">Its place among the pair's.</param>
    /// <param name="kind">Of the source's cell.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="refusal">Why the target can't hold it; null where it can.</param>
    public string Literal(int column, CellKind kind, ReadOnlySpan<byte> bytes, out string? refusal)
    {
        var target = pair.Columns[column].Target;
        if (_converters[column] is not { } converter)
        {
            return Named(target, literals.Literal(target, kind, bytes, out refusal), ref refusal);
        }

        _cell.Clear();
        refusal = converter.Convert(kind, bytes, _cell);
        return Named(target, refusal is null ? literals.Literal(target, _cell.KindAt(0, 0), _cell.BytesAt(0, 0), out refusal) : string.Empty, ref refusal);
    }

    /// <summary>A value, which is valid as long as the batch that it lies in holds its row.</summary>
    /// <param name="column">Its place among the pair's.</param>
    /// <param name="batch">What was read.</param>
    /// <param name="row">Its row there.</param>
    /// <param name="place">Its place there.</param>
    /// <param name="refusal">Why the target can't hold it; null where it can.</param>
    public SqlValue Value(int column, RowBatch batch, int row, int place, out string? refusal)
    {
        if (batch.LengthAt(row, place) < LongLiteral.Least)
        {
            return new SqlValue(Literal(column, batch.KindAt(row, place), batch.BytesAt(row, place), out refusal));
        }

        refusal = null;
        var (target, converter) = (pair.Columns[column].Target, _converters[column]);
        var (held, heldRow, heldPlace) = (batch, row, place);
        if (converter is not null)
        {
            (held, heldRow, heldPlace) = (new RowBatch(1, batch.LengthAt(row, place)), 0, 0);
            refusal = converter.Convert(batch.KindAt(row, place), batch.BytesAt(row, place), held);
        }

        var literal = refusal is null ? literals.Long(target, held.KindAt(heldRow, heldPlace), held.BytesAt(heldRow, heldPlace), out refusal) : null;
        if (literal is null)
        {
            return new SqlValue(Named(target, refusal is null ? literals.Literal(target, held.KindAt(heldRow, heldPlace), held.BytesAt(heldRow, heldPlace), out refusal) : string.Empty, ref refusal));
        }

        refusal = literal.Length <= literals.LongestLiteral ? null
            : string.Create(CultureInfo.InvariantCulture, $"a value of {held.LengthAt(heldRow, heldPlace):N0} bytes is {literal.Length:N0} bytes of SQL, which is more than the engine takes");
        _ = Named(target, string.Empty, ref refusal);
        return new SqlValue(held, heldRow, heldPlace, literal);
    }

    /// <summary>Of a column's values, from the source to the target; null where the target takes them as they are.</summary>
    public CellConverter? ToTarget(int column) => _converters[column];

    /// <summary>From the target to the source.</summary>
    public CellConverter? ToSource(int column) =>
        pair.Columns[column].Target.Type.Kind == LogicalKind.Opaque || Agrees(pair.Columns[column], pair.Source, from, to)
            ? null
            : CellConverters.For(pair.Columns[column].Target.Type, Read(pair.Columns[column].Source) is { AsText: false } read ? read.Type : new LogicalType(LogicalKind.Text), ConversionOptions.For(from));

    private static string Named(ColumnSchema column, string literal, ref string? refusal)
    {
        refusal = refusal is null ? null : $"column {column.Name}: {refusal}";
        return literal;
    }

    private static CellConverter? ConverterOf(ColumnPair column, TableSchema? source, ISqlDialect from, ISqlDialect to)
    {
        // The column's own type reads the text.
        if (column.Target.Type.Kind == LogicalKind.Opaque || Agrees(column, source, from, to))
        {
            return null;
        }

        var read = Read(column.Source);
        return CellConverters.For(read.AsText ? new LogicalType(LogicalKind.Text) : read.Type, column.Target.Type, ConversionOptions.For(to));
    }

    // Within one engine, a column of the same type takes what the other one held; an expression's value may be of any type.
    private static bool Agrees(ColumnPair column, TableSchema? source, ISqlDialect from, ISqlDialect to)
    {
        if (from.Name != to.Name || column.Source.Expression is not null || column.Source.AsText || source?.FindColumn(column.Source.Name) is not { } original)
        {
            return false;
        }

        return original.ServerType == column.Target.ServerType
            || (original.Type == column.Target.Type && original.Type.Kind is not (LogicalKind.Dynamic or LogicalKind.Opaque));
    }
}
