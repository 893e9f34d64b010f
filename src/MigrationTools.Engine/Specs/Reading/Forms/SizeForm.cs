using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A number of bytes with its unit: powers of 1000 (MB) or of 1024 (MiB), as IEC 80000-13 has them.</summary>
internal sealed class SizeForm : ScalarForm<long>
{
    private const string Prefixes = "KMGT";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    public static SizeForm Instance { get; } = new();

    public override string Expected => "a size such as 20GiB, 500MB or 4096B";

    public override string Definition => "size";

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "string", ["pattern"] = Patterns.Size().ToString(), ["examples"] = new JsonArray("20GiB", "500MB") };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out long value)
    {
        value = 0;
        var match = Patterns.Size().Match(scalar.Text);
        if (!match.Success || match.Length != scalar.Text.Length)
        {
            return string.Empty;
        }

        var unit = match.Groups[2].Value;
        var power = unit.Length == 0 ? 0 : Prefixes.IndexOf(char.ToUpperInvariant(unit[0])) + 1;
        var step = unit.Length == 2 ? 1024m : 1000m;
        var digits = scalar.Text.AsSpan().IndexOfAnyExcept(Digits);
        var bytes = decimal.Parse(scalar.Text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        for (; power > 0; power--)
        {
            bytes *= step;
        }

        if (bytes > long.MaxValue)
        {
            return $"the size {scalar.Describe()} is larger than any disk.";
        }

        value = (long)bytes;
        return null;
    }
}
