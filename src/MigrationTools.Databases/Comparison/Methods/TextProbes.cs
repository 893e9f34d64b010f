namespace MigrationTools.Databases.Comparison.Methods;

/// <summary>Values known beforehand and their texts as <see cref="RowText"/> has them, on which an engine is tried before its hashes are believed.</summary>
internal static class TextProbes
{
    /// <summary>The value as a literal that every engine reads as the form's type, and its text.</summary>
    public static IReadOnlyList<(string Literal, string Text)> Of(RowTextForm form) => form switch
    {
        RowTextForm.Number => [("0", "1N:0"), ("-0.00", "1N:0"), ("1.50", "3N:1.5"), ("100", "3N:100"), ("-9223372036854775808", "20N:-9223372036854775808"), ("0.000000000000000001", "20N:0.000000000000000001")],
        RowTextForm.Text => [("", "0T:"), (" a ", "3T: a "), ("\u00e9\U0001F600", "6T:\u00e9\U0001F600"), (new string('x', 1025), "1025T#41b2b8ce59ecc0c64c9c7ecaae3002c3")],
        RowTextForm.Truth => [("true", "1B:t"), ("false", "1B:f")],
        RowTextForm.Double => [("0", "16F:0000000000000000"), ("-0", "16F:0000000000000000"), ("1.5", "16F:3ff8000000000000"), ("-1e300", "16F:fe37e43c8800759c"), ("NaN", "3F:nan")],
        RowTextForm.Single => [("-0", "8S:00000000"), ("1.5", "8S:3fc00000"), ("NaN", "3S:nan")],
        RowTextForm.Moment => [("2000-01-01 00:00:00.000001", "16M:0000000000000001"), ("1999-12-31 23:59:59", "16M:fffffffffff0bdc0")],
        RowTextForm.Time => [("00:00:00.000001", "16H:0000000000000001")],
        RowTextForm.Date => [("2000-01-02", "8D:00000001"), ("1999-12-31", "8D:ffffffff")],
        RowTextForm.Uuid => [("00112233-4455-6677-8899-AABBCCDDEEFF", "36U:00112233-4455-6677-8899-aabbccddeeff")],
        RowTextForm.Bytes => [(@"\x00ff", "4X:00ff"), (@"\x", "0X:")],
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "No probes."),
    };
}
