using System.Globalization;

namespace MigrationTools.Databases.Conversion.Targets;

/// <summary>How many digits of the second a column holds.</summary>
internal readonly struct SecondPrecision
{
    private readonly int _digits;
    private readonly long _unit;

    /// <param name="digits">0 to 6; null, and more, are all that there are.</param>
    public SecondPrecision(int? digits)
    {
        _digits = Math.Clamp(digits ?? 6, 0, 6);
        _unit = 1;
        for (var digit = _digits; digit < 6; digit++)
        {
            _unit *= 10;
        }
    }

    /// <summary>Null where the value fits, or why it does not.</summary>
    public string? Refuse(long microseconds) => _unit == 1 || microseconds % _unit == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"finer than {_digits} digits of a second");
}
