using System.Numerics;

namespace MigrationTools.Engine.Checks;

/// <summary>Numbers between dots, compared part by part; parts that are missing count as zero (15.2 = 15.2.0).</summary>
internal sealed class DottedVersion : IComparable<DottedVersion>
{
    private readonly BigInteger[] _parts;

    private DottedVersion(BigInteger[] parts) => _parts = parts;

    /// <summary>Parts written, so 3 for 15.2.0.</summary>
    public int Count => _parts.Length;

    /// <summary>Null where the text is not digits between single dots.</summary>
    public static DottedVersion? Parse(string text)
    {
        var parts = text.Trim().Split('.');
        if (parts.Length > 16 || Array.Exists(parts, part => part.Length is 0 or > 40 || !part.All(char.IsAsciiDigit)))
        {
            return null;
        }

        return new DottedVersion(Array.ConvertAll(parts, part => BigInteger.Parse(part, System.Globalization.CultureInfo.InvariantCulture)));
    }

    public int CompareTo(DottedVersion? other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var index = 0; index < Math.Max(Count, other.Count); index++)
        {
            var order = PartAt(index).CompareTo(other.PartAt(index));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private BigInteger PartAt(int index) => index < Count ? _parts[index] : BigInteger.Zero;
}
