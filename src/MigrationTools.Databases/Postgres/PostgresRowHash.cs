using System.Globalization;
using System.Text;
using MigrationTools.Databases.Comparison.Methods;

namespace MigrationTools.Databases.Postgres;

/// <summary>
/// Writes the SQL of a row's hash: the typed functions chained through their seed, so that every column's hash depends on those before it. These functions alone
/// take as equal what is not (read in their source and seen by trying): hash_numeric_extended takes no notice of a sign and gives infinities the hash of NaN;
/// hashint8extended, and with it timestamps and times, first folds 64 bits into 32, so that −1 and 4294967295 are one. And hashfloat8extended gives its seed back for 0,
/// hash_numeric_extended for NaN, and one less for 0: of two such columns in a row, (0, 5) and (5, 0) would be one. What they leave out is added here, and
/// <see cref="PostgresHashOrder"/> keeps them apart.
/// </summary>
internal sealed class PostgresRowHash
{
    /// <summary>Flags in one number: as many as its hash does not fold.</summary>
    private const int FlagBits = 31;

    /// <summary>Flags lie in the upper half of the seed, where the one that hash_numeric_extended takes from it for 0 does not reach: the salt is odd.</summary>
    private const int LowestFlag = 32;

    private readonly long _salt;
    private readonly PostgresStandIns _standIns;

    /// <param name="salt">The seed of all.</param>
    public PostgresRowHash(long salt)
    {
        _salt = salt | 1;
        _standIns = new PostgresStandIns(_salt);
    }

    /// <summary>A number in SQL; the least of all has no literal of its own.</summary>
    public static string Literal(long value) => value == long.MinValue
        ? "(-9223372036854775807 - 1)"
        : value < 0 ? string.Create(CultureInfo.InvariantCulture, $"({value})::bigint") : string.Create(CultureInfo.InvariantCulture, $"{value}::bigint");

    /// <param name="values">SQL of each column's value, and in what form the server gives it.</param>
    /// <param name="columns">How each is hashed.</param>
    public string Sql(IReadOnlyList<(string Sql, PostgresWire Wire)> values, IReadOnlyList<HashedColumn> columns)
    {
        var hash = Literal(_salt);
        foreach (var (flags, place) in Flags(values, columns).Select((flags, place) => (flags, place)))
        {
            hash = place == 0 ? $"({hash} # ({flags}))" : $"pg_catalog.hashint8extended({flags}, {hash})";
        }

        foreach (var link in PostgresHashOrder.Of([.. columns.Select(Form)]))
        {
            hash = link.Kind switch
            {
                PostgresHashLinkKind.Hash => Chain(values[link.Column], columns[link.Column], hash),
                PostgresHashLinkKind.Fold => $"({hash} # {NotNull(Value(values[link.Column], columns[link.Column]), columns[link.Column])})",
                PostgresHashLinkKind.Step => $"({hash} # {Literal(_standIns.Step(link.Column))})",
                _ => $"pg_catalog.hashint8extended(0::bigint, {hash})",
            };
        }

        return hash;
    }

    // Every flag is a power of two of its own, so that their sum tells each; PostgreSQL adds faster than it shifts or casts.
    private static IEnumerable<string> Flags(IReadOnlyList<(string Sql, PostgresWire Wire)> values, IReadOnlyList<HashedColumn> columns)
    {
        var sum = new StringBuilder();
        var bit = 0;
        foreach (var (condition, second) in values.Zip(columns, (value, column) => Conditions(value.Sql, column)).SelectMany(conditions => conditions))
        {
            var needed = second is null ? 1 : 2;
            if (bit + needed > FlagBits)
            {
                yield return sum.ToString();
                _ = sum.Clear();
                bit = 0;
            }

            var flag = 1L << (LowestFlag + bit);
            _ = sum.Append(sum.Length == 0 ? "" : " + ").Append(second is null
                ? string.Create(CultureInfo.InvariantCulture, $"CASE WHEN {condition} THEN {flag}::bigint ELSE 0::bigint END")
                : string.Create(CultureInfo.InvariantCulture, $"CASE WHEN {condition} THEN {flag}::bigint WHEN {second} THEN {2 * flag}::bigint ELSE 0::bigint END"));
            bit += needed;
        }

        if (sum.Length > 0)
        {
            yield return sum.ToString();
        }
    }

    private static IEnumerable<(string First, string? Second)> Conditions(string sql, HashedColumn column)
    {
        switch (Form(column))
        {
            case PostgresHashForm.Truth:
                yield return (sql, $"NOT {sql}");
                break;
            case PostgresHashForm.Date or PostgresHashForm.Time:
                yield return ($"{sql} IS NULL", null);
                break;
            case PostgresHashForm.Number:
                yield return ($"{sql} < 0::numeric", null);
                break;
            case PostgresHashForm.AnyNumber:
                // NaN is greater than all numbers (documentation, 8.1.2).
                yield return ($"{sql} < 0::numeric", $"{sql} = 'NaN'::numeric");
                yield return ($"{sql} = 'Infinity'::numeric", $"{sql} = '-Infinity'::numeric");
                break;
        }
    }

    private string Chain((string Sql, PostgresWire Wire) value, HashedColumn column, string seed)
    {
        var plain = Value(value, column);
        var sql = NotNull(plain, column);
        return Form(column) switch
        {
            PostgresHashForm.Whole => $"pg_catalog.hashint8extended({sql}, {seed} # {sql})",
            PostgresHashForm.Number or PostgresHashForm.AnyNumber => $"pg_catalog.hash_numeric_extended({sql}, {seed})",
            PostgresHashForm.Float => $"pg_catalog.hashfloat8extended({sql}, {seed})",
            PostgresHashForm.Text or PostgresHashForm.TrimmedText => $"pg_catalog.hashtextextended({sql} COLLATE \"C\", {seed})",
            PostgresHashForm.Timestamp => Moment(sql, $"pg_catalog.timestamp_hash_extended({NotNull($"pg_catalog.date_bin({_standIns.Bin}, {plain}, {PostgresStandIns.FirstMoment})", column)}, {seed})"),
            PostgresHashForm.EpochTimestamp => Moment(sql, $"pg_catalog.hashfloat8extended(pg_catalog.date_part('epoch', {sql}), {seed})"),
            PostgresHashForm.Uuid => $"pg_catalog.uuid_hash_extended({sql}, {seed})",
            _ => $"pg_catalog.hash_record_extended(ROW({sql}), {seed})",
        };

        // What its function folds away goes into its seed. No two moments have both one fold and one epoch: whose epochs are one double are too near to each other.
        // Of date_bin some moments of the last millennia that there are (to 294276) make the server fail, and then the table is streamed.
        static string Moment(string sql, string seed) => $"pg_catalog.timestamp_hash_extended({sql}, {seed})";
    }

    // Of every column: one that is declared NOT NULL may hold it all the same (of a domain, say), and a row without a hash would not be in the sum.
    private string NotNull(string sql, HashedColumn column) => $"coalesce({sql}, {_standIns.Of(Form(column))})";

    private static string Value((string Sql, PostgresWire Wire) value, HashedColumn column)
    {
        var sql = value.Sql;
        switch (Form(column))
        {
            case PostgresHashForm.Whole:
                return value.Wire == PostgresWire.Int8 ? sql : $"{sql}::bigint";
            case PostgresHashForm.Number or PostgresHashForm.AnyNumber:
                return value.Wire == PostgresWire.Numeric ? sql : $"{sql}::numeric";
            case PostgresHashForm.Float:
                return value.Wire == PostgresWire.Float8 ? sql : $"{sql}::float8";
            case PostgresHashForm.Text or PostgresHashForm.TrimmedText:
                var text = Form(column) == PostgresHashForm.Text ? $"{sql}::text" : $"pg_catalog.rtrim({sql}::text, ' ')";
                return column.Meaning.Text.EmptyAsNull ? $"nullif({text} COLLATE \"C\", '')" : text;
            case PostgresHashForm.Timestamp or PostgresHashForm.EpochTimestamp:
                var moment = value.Wire == PostgresWire.TimestampTz ? $"({sql} AT TIME ZONE 'UTC')" : sql;
                return column.Meaning.SecondDigits < 6 ? string.Create(CultureInfo.InvariantCulture, $"{moment}::timestamp({column.Meaning.SecondDigits})") : moment;
            case PostgresHashForm.Time:
                var time = column.Meaning.SecondDigits < 6 ? string.Create(CultureInfo.InvariantCulture, $"{sql}::time({column.Meaning.SecondDigits})") : sql;
                return $"pg_catalog.time_send({time})";
            case PostgresHashForm.Interval:
                return $"pg_catalog.interval_send({sql})";
            default:
                return sql;
        }
    }

    private static PostgresHashForm Form(HashedColumn column) => Enum.Parse<PostgresHashForm>(column.Form);
}
