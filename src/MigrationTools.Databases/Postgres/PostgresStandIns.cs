using System.Globalization;

namespace MigrationTools.Databases.Postgres;

/// <summary>
/// What is hashed in the place of NULL: values drawn at random for each comparison, the same on both sides, which a table holds no more likely than two hashes are one.
/// Types with too few values for that have a flag instead.
/// </summary>
internal sealed class PostgresStandIns
{
    private readonly ulong _first;
    private readonly ulong _second;

    public PostgresStandIns(long salt)
    {
        _first = Mix((ulong)salt + 0x9E3779B97F4A7C15);
        _second = Mix(_first + 0x9E3779B97F4A7C15);
    }

    /// <summary>The first moment that a server knows, from which bins are counted: so none begins before it.</summary>
    public const string FirstMoment = "timestamp '4714-11-24 00:00:00 BC'";

    /// <summary>
    /// The width of the bins in which moments lie, 2^31 to 2^32 microseconds: moments whose folds are one are in bins whose beginnings' folds are one no more often than
    /// two drawn at random, whatever lies between them.
    /// </summary>
    public string Bin
    {
        get
        {
            var microseconds = 0x8000_0001 | (_first & 0x7FFF_FFFF);
            return string.Create(CultureInfo.InvariantCulture, $"interval '{microseconds / 1_000_000}.{microseconds % 1_000_000:000000} seconds'");
        }
    }

    /// <summary>A number for a column, unlike that of any other.</summary>
    public long Step(int column) => (long)Mix(_second + ((ulong)column * 0x9E3779B97F4A7C15));

    public string Of(PostgresHashForm form)
    {
        var hex = string.Create(CultureInfo.InvariantCulture, $"{_first:x16}{_second:x16}");
        return form switch
        {
            PostgresHashForm.Whole => PostgresRowHash.Literal((long)_first),
            PostgresHashForm.Number or PostgresHashForm.AnyNumber => string.Create(CultureInfo.InvariantCulture, $"{_first}.{_second}::numeric"),
            PostgresHashForm.Float => string.Create(CultureInfo.InvariantCulture, $"'0.{_first}e-77'::float8"),
            PostgresHashForm.Text or PostgresHashForm.TrimmedText => $"'{hex}'",
            PostgresHashForm.Timestamp or PostgresHashForm.EpochTimestamp => string.Create(CultureInfo.InvariantCulture, $"('2000-01-01'::timestamp + interval '{_first % 100_000_000} days {_second % 86400}.{_first % 1_000_000:000000} seconds')"),
            PostgresHashForm.Uuid => $"'{hex}'::uuid",
            PostgresHashForm.Bytes or PostgresHashForm.Interval => $"'\\x{hex}'::bytea",
            PostgresHashForm.Date => "'2000-01-01'::date",
            PostgresHashForm.Time => "'\\x00'::bytea",
            _ => "NULL",
        };
    }

    // The finalizer of MurmurHash3.
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xff51afd7ed558ccd;
        value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53;
        return value ^ (value >> 33);
    }
}
