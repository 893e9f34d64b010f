using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>Which tables a validation looks at. What is left out is left out in words: none has a reason, and an empty list is none without one.</summary>
internal sealed class ScopeForm : Form<ValidationScope>
{
    private static readonly ListForm<string> Tables = new(new TextForm("a table's name or a wildcard"), "a list of tables, wildcards allowed");

    private static readonly NoneForm None = new();

    public static ScopeForm Instance { get; } = new();

    public override string Expected => "all, a list of target tables (wildcards allowed), or { none: 'the reason' }";

    public override string Definition => "scope";

    public override JsonNode? Show(ValidationScope value) => value == ValidationScope.All ? JsonValue.Create("all") : null;

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var tables = Tables.Schema(definitions);
        tables.Add("minItems", 1);
        return new JsonObject { ["oneOf"] = new JsonArray(new JsonObject { ["const"] = "all" }, tables, None.Schema(definitions)) };
    }

    protected override bool TryReadNode(SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out ValidationScope value)
    {
        value = null;
        switch (node)
        {
            case ScalarNode scalar when scalar.Text.Equals("all", StringComparison.OrdinalIgnoreCase):
                value = ValidationScope.All;
                return true;
            case ScalarNode scalar when scalar.Text.Equals("none", StringComparison.OrdinalIgnoreCase):
                context.Mistake(node, "none needs a reason, which reports will show: { none: 'the reason' }.");
                return false;
            case ListNode { Items.Count: 0 }:
                context.Mistake(node, "the list is empty; to look at no table write { none: 'the reason' }.");
                return false;
            case ListNode when Tables.TryRead(node, context, out var tables):
                value = new ValidationScope { Tables = tables };
                return true;
            case MappingNode when None.TryRead(node, context, out var reason):
                value = new ValidationScope { SkippedBecause = reason };
                return true;
            case ListNode or MappingNode:
                return false;
            default:
                Misfit(node, context);
                return false;
        }
    }

    private sealed class NoneForm : MappingForm<string>
    {
        private readonly Field<string> _none;

        public NoneForm()
            : base("none") => _none = Required("none", new TextForm("the reason why nothing is looked at"), "Why nothing is looked at.");

        protected override string Build(FieldValues values, ReadingContext context) => values.Of(_none);
    }
}
