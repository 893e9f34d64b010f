using System.Buffers.Binary;

namespace MigrationTools.Databases.Postgres;

/// <summary>
/// Where oids of types stand inside a value's binary form (array_send and record_send of PostgreSQL's source). Types that a
/// database made itself have other oids in another database, so a value that goes there gets that database's. The server's own have
/// one oid everywhere: where that is not the one that is asked for, the bytes mean something else, and the server, which sees it, refuses them. Null stands for a
/// type in whose values no such oid is.
/// </summary>
internal abstract class PostgresOpaqueShape
{
    /// <summary>The first oid that is not the same in every version and database (PostgreSQL's transam.h, FirstGenbkiObjectId).</summary>
    private const uint FirstOwnOid = 10000;

    /// <summary>Writes this database's oids over the ones in a value.</summary>
    public abstract void Adopt(Span<byte> value);

    /// <summary>Dimensions, flags, element type; size and lower bound a dimension; then the elements.</summary>
    internal sealed class Array(uint elementType, PostgresOpaqueShape? element) : PostgresOpaqueShape
    {
        public override void Adopt(Span<byte> value)
        {
            const int header = 12;
            if (value.Length < header)
            {
                return;
            }

            AdoptOid(value[8..], elementType);
            var position = header + (BinaryPrimitives.ReadInt32BigEndian(value) * 8);
            while (element is not null && position + 4 <= value.Length)
            {
                position = AdoptPart(value, position, element);
            }
        }
    }

    /// <summary>Number of fields; type, length and bytes a field.</summary>
    internal sealed class Composite(IReadOnlyList<(uint Type, PostgresOpaqueShape? Shape)> fields) : PostgresOpaqueShape
    {
        public override void Adopt(Span<byte> value)
        {
            // With another number of fields the types differ, which the server says better than this could.
            if (value.Length < 4 || BinaryPrimitives.ReadInt32BigEndian(value) != fields.Count)
            {
                return;
            }

            var position = 4;
            foreach (var (type, shape) in fields)
            {
                if (position + 8 > value.Length)
                {
                    return;
                }

                AdoptOid(value[position..], type);
                position = AdoptPart(value, position + 4, shape);
            }
        }
    }

    private static void AdoptOid(Span<byte> oid, uint type)
    {
        if (BinaryPrimitives.ReadUInt32BigEndian(oid) >= FirstOwnOid)
        {
            BinaryPrimitives.WriteUInt32BigEndian(oid, type);
        }
    }

    // A length, −1 for NULL, and as many bytes.
    private static int AdoptPart(Span<byte> value, int position, PostgresOpaqueShape? shape)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(value[position..]);
        position += 4;
        if (length <= 0 || position + length > value.Length)
        {
            return position + Math.Max(0, length);
        }

        shape?.Adopt(value.Slice(position, length));
        return position + length;
    }
}
