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
            mustBeRead: !sameRules || (refusesNull && origin!.MayHoldNull),
            new MisfitTally(pair.Target.Name, pair.Target.ServerType, request.SampleSize));
    }

    /// <summary>
    /// Why it can't be told from here whether values fit, however they convert; null where it can. Types that only their server knows, and types whose
    /// meaning is not all of what they ask (an enum's labels, a domain's checks) take what their server says; between two servers the same name is taken
    /// for the same type.
    /// </summary>
    public static string? UnknownBecause(ColumnPair pair, TablePair table, ISqlDialect target)
    {
        var (from, to) = (pair.Source.AsText ? LogicalKind.Text : pair.Source.Type.Kind, pair.Target.Type.Kind);
        var origin = pair.Source.Expression is null && !pair.Source.AsText ? table.Source?.FindColumn(pair.Source.Name)?.ServerType : null;
        if (origin == pair.Target.ServerType && from == to)
        {
            return null;
        }

        return from == LogicalKind.Opaque || to == LogicalKind.Opaque || (target.Name == "postgresql" && !MeansAllItAsks(pair.Target.ServerType))
            ? $"{pair.Target.Name} ({pair.Target.ServerType}): {origin ?? from.ToString()} comes into it, and only its server knows which values that type takes"
            : null;
    }

    // PostgreSQL's names of types (format_type) whose values are told by the logical type alone.
    private static bool MeansAllItAsks(string serverType)
    {
        var open = serverType.IndexOf('(', StringComparison.Ordinal);
        var close = open < 0 ? -1 : serverType.IndexOf(')', open);
        var name = close < 0 ? serverType : serverType[..open] + serverType[(close + 1)..];
        return name is "boolean" or "smallint" or "integer" or "bigint" or "real" or "double precision" or "numeric" or "text" or "citext" or "name"
            or "character varying" or "character" or "bytea" or "date" or "time without time zone" or "timestamp without time zone" or "timestamp with time zone"
            or "interval" or "uuid" or "json" or "jsonb" || name.EndsWith(".citext", StringComparison.Ordinal);
    }

    // PostgreSQL takes no NULL in a primary key, said or not; a SQLite key does unless told otherwise.
    private static bool RefusesNullIn(ColumnSchema target, TablePair table, ISqlDialect dialect) =>
        !target.Nullable || (dialect.Name != "sqlite" && table.Target.PrimaryKey?.Columns.Contains(target.Name) == true);
}
