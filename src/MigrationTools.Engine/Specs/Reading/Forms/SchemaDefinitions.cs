using System.Text.Json.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>The <c>$defs</c> of the JSON schema, filled as forms are used.</summary>
internal sealed class SchemaDefinitions
{
    private readonly SortedDictionary<string, JsonObject> _definitions = new(StringComparer.Ordinal);

    /// <summary>The schema in place, or a reference to the definition.</summary>
    public JsonObject Use(Form form)
    {
        if (form.Definition is not { } name)
        {
            return form.Schema(this);
        }

        if (!_definitions.ContainsKey(name))
        {
            _definitions.Add(name, []);
            _definitions[name] = form.Schema(this);
        }

        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

    public JsonObject ToJson()
    {
        var result = new JsonObject();
        foreach (var (name, schema) in _definitions)
        {
            result.Add(name, schema);
        }

        return result;
    }
}
