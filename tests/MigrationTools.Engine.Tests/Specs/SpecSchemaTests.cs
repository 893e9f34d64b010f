using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading;
using MigrationTools.Engine.Specs.Reading.Forms;
using MigrationTools.Engine.Specs.Reading.Sections;
using MigrationTools.Tests.Pages;

namespace MigrationTools.Engine.Tests.Specs;

public sealed class SpecSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(SpecSchema.Write())!.AsObject();

    private static readonly SchemaValidator Validator = new(Schema);

    [Fact]
    public void The_published_schema_is_what_the_reader_reads_by() => Documents.ShouldBe("migration-spec.schema.json", SpecSchema.Write());

    [Fact]
    public void Schema_and_reader_know_the_same_keys()
    {
        foreach (var form in SpecForms.Mappings())
        {
            var schema = form is SpecSection ? Schema : Schema["$defs"]![((Form)form).Definition!]!.AsObject();
            schema["properties"]!.AsObject().Select(property => property.Key).ShouldBe(form.Fields.Select(field => field.Name));
            (schema["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? []).ShouldBe(form.Fields.Where(field => field.IsRequired).Select(field => field.Name));
            schema["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
        }
    }

    [Fact]
    public void No_definition_of_the_schema_is_unused()
    {
        var text = SpecSchema.Write();

        foreach (var (name, _) in Schema["$defs"]!.AsObject())
        {
            text.ShouldContain($"\"$ref\": \"#/$defs/{name}\"");
        }
    }

    [Fact]
    public void The_designs_example_fits_the_schema() => Validator.Validate(JsonNode.Parse(SpecSamples.DesignInJson)).ShouldBeEmpty();

    /// <summary>A change to the design's example that the reader refuses for its form; the schema must refuse it as well.</summary>
    [Theory]
    [InlineData("/banana", "1")]
    [InlineData("/id", "\".a\"")]
    [InlineData("/id", "[]")]
    [InlineData("/id", null)]
    [InlineData("/type", "\"Nothing\"")]
    [InlineData("/systems", "{}")]
    [InlineData("/systems/shop_database/kind", "\"command\"")]
    [InlineData("/systems/shop_database/source", null)]
    [InlineData("/systems/shop_database/source", "\"shop.db\"")]
    [InlineData("/systems/shop_database/fence", "1")]
    [InlineData("/systems/shop_database/copy", "{\"parallelism\": 0}")]
    [InlineData("/systems/shop_database/copy", "{\"parallelism\": \"2\"}")]
    [InlineData("/systems/shop_database/copy", "{\"parallelism\": 2.5}")]
    [InlineData("/systems/shop_database/tables/include", "\"*\"")]
    [InlineData("/systems/shop_database/map", "[{\"to\": \"a\"}]")]
    [InlineData("/systems/shop_database/map", "[{\"to\": \"a\", \"table\": \"a\", \"query\": \"a\"}]")]
    [InlineData("/systems/shop_database/map", "[{\"to\": \"a\", \"query\": {}}]")]
    [InlineData("/systems/shop_database/map", "[{\"to\": \"a\", \"query\": {\"oracle\": \"a\"}}]")]
    [InlineData("/systems/shop_api/health", "\"healthz\"")]
    [InlineData("/systems/front/router", "\"apache\"")]
    [InlineData("/dependencies", "{}")]
    [InlineData("/dependencies/0/measure", "{}")]
    [InlineData("/dependencies/0/measure", "{\"command\": []}")]
    [InlineData("/dependencies/0/expect", "null")]
    [InlineData("/dependencies/0/required", "\"yes\"")]
    [InlineData("/readiness/backup/of", "\"a b\"")]
    [InlineData("/readiness/backup/maxAge", "\"24 hours\"")]
    [InlineData("/readiness/backup/maxAge", "24")]
    [InlineData("/readiness/resources", "{\"at\": \"shop_database\"}")]
    [InlineData("/readiness/resources/freeDisk", "\"20\"")]
    [InlineData("/validation/counts", "\"none\"")]
    [InlineData("/validation/counts", "[]")]
    [InlineData("/validation/counts", "{\"none\": \"\"}")]
    [InlineData("/validation/minimumScore", "2")]
    [InlineData("/benchmarks/a b", "{\"measure\": {\"sql\": \"shop_database\", \"query\": \"q\"}}")]
    [InlineData("/rollback/triggers", "[\"lots\"]")]
    public void What_the_schema_refuses_the_reader_refuses_too(string pointer, string? value)
    {
        var spec = JsonNode.Parse(SpecSamples.DesignInJson)!;
        Change(spec, pointer, value);

        Validator.Validate(spec).ShouldNotBeEmpty();
        SpecSamples.Mistakes(spec.ToJsonString(), "spec.json").ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("/name", "42")]
    [InlineData("/targetVersion", "3.0")]
    [InlineData("/systems/shop_database/copy", "{\"parallelism\": 2.0, \"chunkRows\": 1e3}")]
    [InlineData("/systems/shop_database/fence", "\"readOnly\"")]
    [InlineData("/systems/shop_database/map", "[{\"to\": \"a\", \"query\": {\"sqlite\": \"a\", \"any\": \"b\"}, \"key\": [\"x\"]}]")]
    [InlineData("/dependencies/0/expect", "true")]
    [InlineData("/dependencies/0/measure", "{\"command\": [\"a\", 1], \"timeout\": \"1h30m\"}")]
    [InlineData("/readiness/skip", "{\"system.*\": \"known\"}")]
    [InlineData("/validation/counts", "[\"orders\", \"order_*\"]")]
    [InlineData("/validation/counts", "{\"none\": \"counted elsewhere\"}")]
    [InlineData("/$schema", "\"migration-spec.schema.json\"")]
    public void What_the_reader_takes_fits_the_schema(string pointer, string value)
    {
        var spec = JsonNode.Parse(SpecSamples.DesignInJson)!;
        Change(spec, pointer, value);

        SpecSamples.Mistakes(spec.ToJsonString(), "spec.json").ShouldBeEmpty();
        Validator.Validate(spec).ShouldBeEmpty();
    }

    private static void Change(JsonNode spec, string pointer, string? value)
    {
        var parts = pointer.Split('/')[1..];
        var parent = parts[..^1].Aggregate(spec, (node, part) => node is JsonArray array ? array[int.Parse(part)]! : node[part]!);
        if (value is null)
        {
            parent.AsObject().Remove(parts[^1]).ShouldBeTrue();
        }
        else
        {
            parent[parts[^1]] = JsonNode.Parse(value);
        }
    }
}
