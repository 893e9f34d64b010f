using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A span of time with its unit, longer than nothing: 200ms, 30s, 15m, 24h, 1d, 1h30m.</summary>
internal sealed class DurationForm : ScalarForm<TimeSpan>
{
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond),
    ];

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    public static DurationForm Instance { get; } = new();

    public override string Expected => "a duration such as 200ms, 30s, 15m, 24h or 1d";

    public override string Definition => "duration";

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "string", ["pattern"] = Patterns.Duration().ToString(), ["examples"] = new JsonArray("200ms", "30s", "15m", "24h", "1d") };

    public override JsonNode? Show(TimeSpan value)
    {
        var (unit, ticks) = Units.First(unit => value.Ticks % unit.Ticks == 0);
        return JsonValue.Create((value.Ticks / ticks).ToString(CultureInfo.InvariantCulture) + unit);
    }

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        if (!Patterns.Duration().Fits(scalar.Text))
        {
            return string.Empty;
        }

        var ticks = 0m;
        var rest = scalar.Text.AsSpan();
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            var number = decimal.Parse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            rest = rest[digits..];
            var letters = rest.IndexOfAny(Digits) is var next && next < 0 ? rest.Length : next;
            var unit = rest[..letters].ToString();
            ticks += number * Units.First(known => known.Unit == unit).Ticks;
            rest = rest[letters..];
        }

        if (ticks < 1 || ticks > TimeSpan.MaxValue.Ticks)
        {
            return $"the duration {scalar.Describe()} is {(ticks < 1 ? "nothing" : "too long")}; {Expected} is one.";
        }

        value = new TimeSpan((long)ticks);
        return null;
    }
}
