using MigrationTools.Databases.Conversion;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Readiness;

/// <summary>A pair of columns and what is needed to tell whether the one's values fit the other.</summary>
internal sealed class FittedColumn
{
    private FittedColumn(ColumnPair pair, CellConverter converter, bool refusesNull, bool mustBeRead, MisfitTally tally)
    {
        Pair = pair;
        Converter = converter;
        RefusesNull = refusesNull;
        MustBeRead = mustBeRead;
        Tally = tally;
    }

    public ColumnPair Pair { get; }

    public CellConverter Converter { get; }

    public bool RefusesNull { get; }

    /// <summary>False where the source's server already enforces all that the target asks.</summary>
    public bool MustBeRead { get; }

    public MisfitTally Tally { get; }

    /// <param name="pair">The columns.</param>
    /// <param name="table">What they are columns of.</param>
    /// <param name="request">The engines and the sample size.</param>
    /// <param name="enforced">Whether the source's server lets nothing into a column that is not of its type, and keeps text in UTF-8.</param>
    public static FittedColumn Of(ColumnPair pair, TablePair table, CompatibilityRequest request, bool enforced)
    {
        var from = pair.Source.AsText ? new LogicalType(LogicalKind.Text) : pair.Source.Type;
        var origin = pair.Source.Expression is null ? table.Source?.FindColumn(pair.Source.Name) : null;
        var refusesNull = RefusesNullIn(pair.Target, table, request.TargetDialect);
        var sameRules = enforced && !pair.Source.AsText && origin is not null && origin.Type == pair.Target.Type && origin.ServerType == pair.Target.ServerType;
        return new FittedColumn(
            pair,
            CellConverters.For(from, pair.Target.Type, ConversionOptions.For(request.TargetDialect)),
            refusesNull,
            mustBeRead: !sameRules || (refusesNull && origin!.Nullable),
            new MisfitTally(pair.Target.Name, pair.Target.ServerType, request.SampleSize));
    }

    /// <summary>Why nothing can be told of the columns from here; null where it can.</summary>
    public static string? UnknownBecause(ColumnPair pair, TablePair table)
    {
        var (from, to) = (pair.Source.AsText ? LogicalKind.Text : pair.Source.Type.Kind, pair.Target.Type.Kind);
        if (from != LogicalKind.Opaque && to != LogicalKind.Opaque)
        {
            return null;
        }

        var serverType = table.Source?.FindColumn(pair.Source.Name)?.ServerType;
        return from == to && serverType == pair.Target.ServerType && pair.Source.Expression is null
            ? null
            : $"{pair.Target.Name} ({pair.Target.ServerType}): {serverType ?? from.ToString()} comes into it, and only the server knows whether its type takes that";
    }

    // PostgreSQL takes no NULL in a primary key, said or not; a SQLite key does unless told otherwise.
    private static bool RefusesNullIn(ColumnSchema target, TablePair table, ISqlDialect dialect) =>
        !target.Nullable || (dialect.Name != "sqlite" && table.Target.PrimaryKey?.Columns.Contains(target.Name) == true);
}
