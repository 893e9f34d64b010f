using System.Text.Json.Nodes;
using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A condition over figures; its names are looked for once the spec's metrics are read.</summary>
internal sealed class ConditionForm : ScalarForm<string>
{
    public static ConditionForm Instance { get; } = new();

    public override string Expected => "a condition such as 'error_rate > 5%' or 'canary.p95 <= baseline.p95 * 1.1'";

    public override string Definition => "condition";

    public override JsonNode? Show(string value) => JsonValue.Create(value);

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "string", ["pattern"] = Patterns.Comparison().ToString(), ["examples"] = new JsonArray("p95 < 250ms", "error_rate <= 0.5%", "canary.p95 <= baseline.p95 * 1.1") };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out string? value)
    {
        value = scalar.Text;
        if (!Patterns.Comparison().IsMatch(scalar.Text))
        {
            return string.Empty;
        }

        try
        {
            var root = ConditionParser.Parse(scalar.Text);
            context.Later(() => CheckNames(scalar, root, context));
            return null;
        }
        catch (ConditionException wrong)
        {
            return Sentence(wrong);
        }
    }

    private static void CheckNames(ScalarNode scalar, ConditionNode root, ReadingContext context)
    {
        try
        {
            if (!context.Metrics.Any)
            {
                ConditionBinding.CheckStandardNames(scalar.Text, root);
            }
            else if (context.Metrics.IsWhole)
            {
                ConditionBinding.Bind(scalar.Text, root, context.Metrics.All);
            }
        }
        catch (ConditionException wrong)
        {
            context.Mistake(scalar, Sentence(wrong));
        }
    }

    private static string Sentence(ConditionException wrong) => $"{Echo.Quote(wrong.Condition)}, character {wrong.Position}: {Echo.Sentence(wrong.Problem)}";
}
