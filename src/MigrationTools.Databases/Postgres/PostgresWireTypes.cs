using System.Collections.Concurrent;
using System.Globalization;

namespace MigrationTools.Databases.Postgres;

/// <summary>Finds how types travel, by oid: the server's own from a list (pg_type.dat), others from its catalog. Thread-safe.</summary>
internal sealed class PostgresWireTypes
{
    private readonly ConcurrentDictionary<uint, PostgresWire> _known = new(new Dictionary<uint, PostgresWire>
    {
        [16] = PostgresWire.Bool,
        [17] = PostgresWire.Bytea,
        [18] = PostgresWire.SingleByte,
        [19] = PostgresWire.Text, // name
        [20] = PostgresWire.Int8,
        [21] = PostgresWire.Int2,
        [23] = PostgresWire.Int4,
        [25] = PostgresWire.Text,
        [26] = PostgresWire.UInt4, // oid
        [28] = PostgresWire.UInt4, // xid
        [29] = PostgresWire.UInt4, // cid
        [114] = PostgresWire.Json,
        [142] = PostgresWire.Text, // xml
        [700] = PostgresWire.Float4,
        [701] = PostgresWire.Float8,
        [1042] = PostgresWire.Text, // bpchar
        [1043] = PostgresWire.Text, // varchar
        [1082] = PostgresWire.Date,
        [1083] = PostgresWire.Time,
        [1114] = PostgresWire.Timestamp,
        [1184] = PostgresWire.TimestampTz,
        [1186] = PostgresWire.Interval,
        [1700] = PostgresWire.Numeric,
        [2950] = PostgresWire.Uuid,
        [3802] = PostgresWire.Jsonb,
        [24] = PostgresWire.ObjectName, // regproc
        [2202] = PostgresWire.ObjectName, // regprocedure
        [2203] = PostgresWire.ObjectName, // regoper
        [2204] = PostgresWire.ObjectName, // regoperator
        [2205] = PostgresWire.ObjectName, // regclass
        [2206] = PostgresWire.ObjectName, // regtype
        [3734] = PostgresWire.ObjectName, // regconfig
        [3769] = PostgresWire.ObjectName, // regdictionary
        [4089] = PostgresWire.ObjectName, // regnamespace
        [4096] = PostgresWire.ObjectName, // regrole
        [4191] = PostgresWire.ObjectName, // regcollation
    });

    /// <summary>The forms of types, in order.</summary>
    public async Task<PostgresWire[]> OfAsync(PostgresConnection connection, IReadOnlyList<uint> types, string doing, CancellationToken cancellationToken)
    {
        var unknown = types.Where(type => !_known.ContainsKey(type)).Distinct().ToList();
        if (unknown.Count > 0)
        {
            var rows = await connection.QueryAsync(
                "SELECT oid, typtype, typname FROM pg_catalog.pg_type WHERE oid = ANY ($1::oid[])",
                ["{" + string.Join(',', unknown) + "}"],
                doing,
                cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
            {
                // An enum is sent as its label; citext is text with its own operators.
                var isText = row[1] == "e" || row[2] == "citext";
                _known[uint.Parse(row[0]!, CultureInfo.InvariantCulture)] = isText ? PostgresWire.Text : PostgresWire.Opaque;
            }
        }

        return types.Select(type => _known.GetValueOrDefault(type, PostgresWire.Opaque)).ToArray();
    }
}
