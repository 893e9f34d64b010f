using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Forms;
using MigrationTools.Engine.Specs.Reading.Sections;

namespace MigrationTools.Engine.Specs.Reading;

/// <summary>
/// The JSON schema (2020-12) of specs, for editors and for other programs: made of the declarations that <see cref="SpecReader"/> reads by. The
/// reader is stricter: it also checks what a schema can't say (references, values against each other), and takes words in any case of letters.
/// </summary>
public static class SpecSchema
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema's text, as it is published in docs/migration-spec.schema.json.</summary>
    public static string Write()
    {
        var definitions = new SchemaDefinitions();
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "MigrationTools spec",
            ["description"] = "What migrates, how, and what proves it.",
        };
        foreach (var (name, value) in new SpecSection().Schema(definitions).ToList())
        {
            schema.Add(name, value?.DeepClone());
        }

        schema.Add("$defs", definitions.ToJson());
        return schema.ToJsonString(Options).ReplaceLineEndings("\n") + "\n";
    }
}
