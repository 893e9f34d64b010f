using MigrationTools.Databases.Conversion;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Copying;

/// <summary>Turns rows as the source gave them into rows of the target's types, column by column; columns that agree are copied as bytes.</summary>
internal sealed class RowTranslation
{
    private readonly TablePair _pair;
    private readonly CellConverter?[] _converters;
    private readonly RejectedRowWriter _rejections;

    public RowTranslation(TablePair pair, CopyOrder order, ISqlDialect from, ISqlDialect to, RejectedRowWriter rejections)
    {
        _pair = pair;
        _rejections = rejections;
        var options = ConversionOptions.For(to);
        _converters = [.. pair.Columns.Select(column => Agrees(column, pair.Source, from, to) ? null : CellConverters.For(column.Source.Type, column.Target.Type, options))];
        IsNeeded = order.Query.Columns.Count > pair.Columns.Count || Array.Exists(_converters, converter => converter is not null);
    }

    /// <summary>False where rows can be passed on as they were read.</summary>
    public bool IsNeeded { get; }

    /// <summary>Translates every row; those that the target's types can't hold become refusals.</summary>
    public void Translate(RowBatch read, PreparedBatch into)
    {
        for (var row = 0; row < read.RowCount; row++)
        {
            if (TranslateRow(read, row, into.Rows) is { } reason)
            {
                into.Rows.DropUnfinishedRow();
                into.Refused.Add(_rejections.Write(read, row, reason, serverCode: null));
            }
        }
    }

    private string? TranslateRow(RowBatch read, int row, RowBatch into)
    {
        for (var column = 0; column < _converters.Length; column++)
        {
            var kind = read.KindAt(row, column);
            var bytes = read.BytesAt(row, column);
            if (_converters[column] is not { } converter)
            {
                into.Append(kind, bytes);
            }
            else if (converter.Convert(kind, bytes, into) is { } reason)
            {
                return $"column '{_pair.Columns[column].Target.Name}': {reason}";
            }
        }

        return null;
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
