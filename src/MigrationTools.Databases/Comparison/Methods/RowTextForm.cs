namespace MigrationTools.Databases.Comparison.Methods;

/// <summary>What a field's text in <see cref="RowText"/> is made of.</summary>
internal enum RowTextForm
{
    /// <summary>Digits, without zeros at the end of a fraction; NaN, Infinity, -Infinity.</summary>
    Number,

    /// <summary>The text itself.</summary>
    Text,

    /// <summary>t or f.</summary>
    Truth,

    /// <summary>The 8 bytes of IEEE 754 in hex, big-endian, −0 as 0; nan.</summary>
    Double,

    /// <summary>The 4 bytes likewise.</summary>
    Single,

    /// <summary>Microseconds since 2000 as 8 bytes in hex, big-endian.</summary>
    Moment,

    /// <summary>Microseconds since midnight, likewise.</summary>
    Time,

    /// <summary>Days since 2000 as 4 bytes in hex.</summary>
    Date,

    /// <summary>Lower-case hex in groups.</summary>
    Uuid,

    /// <summary>Hex.</summary>
    Bytes,
}
