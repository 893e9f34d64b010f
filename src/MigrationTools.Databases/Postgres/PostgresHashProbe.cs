using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Methods;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>Values known beforehand on which a server's hash functions are tried: those of one group must have one hash, those of two must not.</summary>
internal static class PostgresHashProbe
{
    private const long Salt = 0x5EED_0F_AB1E;

    /// <summary>The statement, and the group of each of its rows.</summary>
    public static (string Sql, IReadOnlyList<int> Groups) Of(PostgresHashForm form)
    {
        var (type, wire, groups) = Values(form);
        var meaning = new ColumnMeaning(form is PostgresHashForm.Text or PostgresHashForm.TrimmedText ? LogicalKind.Text : LogicalKind.Opaque);
        var hash = new PostgresRowHash(Salt).Sql([("probe.value", wire)], [new HashedColumn(form.ToString(), meaning)]);
        var rows = groups.SelectMany(group => group).Append(null).Select((text, place) => $"({place}, {(text is null ? "NULL" : PostgresLiteral.Quote(text))}::{type})");
        return (
            $"SELECT {hash} FROM (VALUES {string.Join(", ", rows)}) AS probe (place, value) ORDER BY place",
            [.. groups.SelectMany((group, index) => group.Select(_ => index)).Append(groups.Length)]);
    }

    /// <summary>Checks the hashes and gives them as one text.</summary>
    public static string Check(PostgresHashForm form, IReadOnlyList<int> groups, IReadOnlyList<string> hashes)
    {
        for (var left = 0; left < hashes.Count; left++)
        {
            for (var right = left + 1; right < hashes.Count; right++)
            {
                if (hashes[left] == hashes[right] != (groups[left] == groups[right]))
                {
                    throw new DatabaseException(ErrorIds.DatabaseError, $"the server's hash function for {form} does not keep to equality (probes {left} and {right})");
                }
            }
        }

        return form + ":" + string.Join(',', hashes);
    }

    private static (string Type, PostgresWire Wire, string[][] Groups) Values(PostgresHashForm form) => form switch
    {
        PostgresHashForm.Whole => ("bigint", PostgresWire.Int8, [["0"], ["1"], ["-1"], ["4294967295"], ["4294967296"], ["9223372036854775807"], ["-9223372036854775808"]]),
        PostgresHashForm.Number => ("numeric", PostgresWire.Numeric, [["0", "0.00", "-0"], ["1.5", "1.50"], ["-1.5"], ["150000"], ["1500000000000000000000"], ["-15"], ["NaN"], ["15"]]),
        PostgresHashForm.AnyNumber => ("numeric", PostgresWire.Numeric, [["0", "0.00", "-0"], ["1.5", "1.50"], ["-1.5"], ["1e300"], ["NaN"], ["Infinity"], ["-Infinity"]]),
        PostgresHashForm.Float => ("float8", PostgresWire.Float8, [["0", "-0"], ["1e300"], ["5e-324"], ["NaN"], ["Infinity"], ["-Infinity"], ["0.1"]]),
        PostgresHashForm.Text => ("text", PostgresWire.Text, [[""], [" "], ["NULL"], ["a"], ["A"], ["a "], ["\u00e9"], ["e\u0301"], ["\U0001F600"]]),
        PostgresHashForm.TrimmedText => ("text", PostgresWire.Text, [["", "  "], ["a", "a "], [" a"], ["A"]]),
        PostgresHashForm.Timestamp or PostgresHashForm.EpochTimestamp => ("timestamp", PostgresWire.Timestamp, [["2000-01-01"], ["2000-01-01 00:00:00.000001"], ["2010-02-23 15:55:52.297050"], ["2016-03-13 19:58:13.264877"], ["2000-01-01 02:23:09.934594"], ["infinity"], ["-infinity"], ["0044-03-15 BC"], ["9999-12-31"], ["4713-11-24 BC"]]),
        PostgresHashForm.Time => ("time", PostgresWire.Time, [["00:00"], ["24:00"], ["00:00:00.000001"], ["01:11:34.967296"]]),
        PostgresHashForm.Uuid => ("uuid", PostgresWire.Uuid, [["00000000-0000-0000-0000-000000000000"], ["00112233-4455-6677-8899-aabbccddeeff", "00112233-4455-6677-8899-AABBCCDDEEFF"]]),
        PostgresHashForm.Truth => ("boolean", PostgresWire.Bool, [["t"], ["f"]]),
        PostgresHashForm.Bytes => ("bytea", PostgresWire.Bytea, [[@"\x"], [@"\x00"], [@"\x0000"], [@"\xff"]]),
        PostgresHashForm.Date => ("date", PostgresWire.Date, [["2000-01-01"], ["5874897-12-31"], ["infinity"], ["-infinity"]]),
        PostgresHashForm.Interval => ("interval", PostgresWire.Interval, [["1 month"], ["30 days"], ["720 hours"], ["0"]]),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "No probes."),
    };
}
