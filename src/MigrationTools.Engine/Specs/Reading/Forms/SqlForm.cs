using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>SQL: one text for every engine, or one an engine, with <c>any</c> for the rest.</summary>
internal class SqlForm : Form<EngineSql>
{
    /// <summary>The key for engines without a text of their own.</summary>
    private const string AnyEngine = "any";

    public static SqlForm Instance { get; } = new();

    public override string Expected => "SQL, as text or by engine as in { sqlite: …, postgresql: … }";

    public override string Definition => "sql";

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var properties = new JsonObject();
        foreach (var engine in SpecVocabulary.BuiltIn.EngineNames.Append(AnyEngine))
        {
            properties.Add(engine, new JsonObject { ["type"] = "string", ["minLength"] = 1 });
        }

        return new JsonObject
        {
            ["oneOf"] = new JsonArray(
                new JsonObject { ["type"] = new JsonArray("string", "number", "boolean"), ["minLength"] = 1 },
                new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = properties,
                    ["additionalProperties"] = false,
                    ["minProperties"] = 1,
                }),
        };
    }

    /// <summary>Notes a mistake unless there is a text for the engine (null: not known, because of another mistake).</summary>
    public static void Require(EngineSql sql, string? engine, SpecNode node, ReadingContext context)
    {
        if (engine is not null && sql.For(engine) is null)
        {
            context.Mistake(node, $"there is no SQL for {engine}, which it would run on; add {engine}: or any:.");
        }
    }

    protected override bool TryReadNode(SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out EngineSql value)
    {
        value = null;
        if (node is ScalarNode scalar && IsText(scalar))
        {
            value = scalar.Text;
            return true;
        }

        if (node is not MappingNode { Entries.Count: > 0 } mapping)
        {
            Misfit(node, context);
            return false;
        }

        var before = context.MistakeCount;
        var engines = context.Vocabulary.EngineNames.Append(AnyEngine).ToList();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, text) in mapping.Entries)
        {
            context.Within(key.Text, () => ReadEngine(key, text, engines, texts, context));
        }

        value = new EngineSql { Any = texts.GetValueOrDefault(AnyEngine), ByEngine = texts.Where(text => text.Key != AnyEngine).ToDictionary() };
        return context.MistakeCount == before;
    }

    private static bool ReadEngine(ScalarNode key, SpecNode node, List<string> engines, Dictionary<string, string> texts, ReadingContext context)
    {
        if (!engines.Contains(key.Text))
        {
            context.Mistake(key, $"unknown engine{NearestName.Suggest(key.Text, engines)} Known are {Words.List(engines, "and")}.");
            return false;
        }

        if (node is not ScalarNode scalar || !IsText(scalar))
        {
            context.Mistake(node, $"expected SQL text, found {node.Describe()}.");
            return false;
        }

        texts.Add(key.Text, scalar.Text);
        return true;
    }

    private static bool IsText(ScalarNode scalar) => !scalar.IsNull && !string.IsNullOrWhiteSpace(scalar.Text);
}
