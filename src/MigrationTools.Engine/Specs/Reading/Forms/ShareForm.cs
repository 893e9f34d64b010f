using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A share of 1: 10% or 0.1.</summary>
/// <param name="minimum">The smallest, included.</param>
/// <param name="maximum">The largest, included.</param>
internal sealed class ShareForm(decimal minimum, decimal maximum) : ScalarForm<double>
{
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"a share from {minimum * 100:0.####}% to {maximum * 100:0.####}%, such as 10% or 0.1");

    public override JsonNode? Show(double value) => JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"{(decimal)value * 100:0.####}%"));

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["oneOf"] = new JsonArray(
            new JsonObject { ["type"] = "number", ["minimum"] = minimum, ["maximum"] = maximum },
            new JsonObject { ["type"] = "string", ["pattern"] = Patterns.Percentage().ToString() }),
    };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out double value)
    {
        value = 0;
        var isPercentage = Patterns.Percentage().Fits(scalar.Text);
        var text = isPercentage ? scalar.Text[..^1] : scalar.Text;
        if ((scalar.IsQuoted && !isPercentage) || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number))
        {
            return string.Empty;
        }

        var share = isPercentage ? number / 100 : number;
        value = (double)share;
        return share >= minimum && share <= maximum ? null : string.Empty;
    }
}
