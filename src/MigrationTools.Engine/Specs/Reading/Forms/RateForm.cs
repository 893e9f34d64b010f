using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>How often: 20/s, 90/m. Read as so many a second.</summary>
internal sealed class RateForm(double maximumPerSecond) : ScalarForm<double>
{
    public override string Expected => "a rate such as 20/s or 90/m";

    public override JsonNode? Show(double value) => JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"{value}/s"));

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string", ["pattern"] = Patterns.Rate().ToString(), ["examples"] = new JsonArray("20/s", "90/m") };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out double value)
    {
        value = 0;
        if (!Patterns.Rate().Fits(scalar.Text))
        {
            return string.Empty;
        }

        value = double.Parse(scalar.Text[..^2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) / scalar.Text[^1] switch { 's' => 1, 'm' => 60, _ => 3600 };
        return value switch
        {
            <= 0 => $"the rate {scalar.Describe()} is nothing; {Expected} is one.",
            _ when value > maximumPerSecond => string.Create(CultureInfo.InvariantCulture, $"the rate {scalar.Describe()} is more than {maximumPerSecond}/s; this measures, it is no load test."),
            _ => null,
        };
    }
}
