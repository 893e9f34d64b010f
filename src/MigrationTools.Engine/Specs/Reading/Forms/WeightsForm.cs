using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>Shares of the target in percent, rising to 100.</summary>
internal sealed class WeightsForm : Form<IReadOnlyList<decimal>>
{
    public override string Expected => "a list of rising percentages that ends with 100, such as [5, 25, 100]";

    public override JsonNode? Show(IReadOnlyList<decimal> value) => new JsonArray([.. value.Select(weight => (JsonNode)JsonValue.Create(weight))]);

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["type"] = "array",
        ["items"] = new JsonObject { ["type"] = "number", ["minimum"] = 0.01m, ["maximum"] = 100 },
        ["minItems"] = 1,
    };

    protected override bool TryReadNode(SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out IReadOnlyList<decimal> value)
    {
        value = null;
        if (node is not ListNode { Items.Count: > 0 } list)
        {
            Misfit(node, context);
            return false;
        }

        var weights = new List<decimal>();
        foreach (var item in list.Items)
        {
            if (Problem(item, weights, out var weight) is { } problem)
            {
                context.Mistake(item, problem);
                return false;
            }

            weights.Add(weight);
        }

        if (weights[^1] != 100)
        {
            context.Mistake(list.Items[^1], string.Create(CultureInfo.InvariantCulture, $"the last weight is {weights[^1]}; a rollout ends with 100."));
            return false;
        }

        value = weights;
        return true;
    }

    private static string? Problem(SpecNode item, List<decimal> before, out decimal weight)
    {
        weight = 0;
        if (item is not ScalarNode { IsQuoted: false } scalar
            || !decimal.TryParse(scalar.Text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out weight)
            || weight is < 0.01m or > 100)
        {
            return $"expected a percentage from 0.01 to 100, without a sign, found {item.Describe()}.";
        }

        return before.Count > 0 && weight <= before[^1] ? string.Create(CultureInfo.InvariantCulture, $"the weight {weight} is not more than {before[^1]} before it; weights rise.") : null;
    }
}
