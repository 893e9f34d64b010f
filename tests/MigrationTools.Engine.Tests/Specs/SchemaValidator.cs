using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MigrationTools.Engine.Tests.Specs;

/// <summary>
/// As much of JSON schema 2020-12 as the spec's schema uses. A keyword that it does not know is an error, so that the schema can't come to say what no test sees.
/// </summary>
internal sealed class SchemaValidator(JsonObject root)
{
    private static readonly string[] Annotations = ["$schema", "$defs", "title", "description", "default", "examples"];

    /// <summary>What is wrong with a value, by JSON pointer; nothing where it fits.</summary>
    public IReadOnlyList<string> Validate(JsonNode? value) => [.. Errors(root, value, string.Empty)];

    private IEnumerable<string> Errors(JsonObject schema, JsonNode? value, string at) =>
        schema.Where(keyword => !Annotations.Contains(keyword.Key)).SelectMany(keyword => Errors(schema, keyword.Key, keyword.Value!, value, at));

    private IEnumerable<string> Errors(JsonObject schema, string keyword, JsonNode rule, JsonNode? value, string at) => keyword switch
    {
        "$ref" => Errors(Definition(rule.GetValue<string>()), value, at),
        "type" => rule is JsonArray types ? When(!types.Any(type => IsOfType(type!, value)), at, "type") : When(!IsOfType(rule, value), at, "type"),
        "enum" => When(!rule.AsArray().Any(one => JsonNode.DeepEquals(one, value)), at, "enum"),
        "const" => When(!JsonNode.DeepEquals(rule, value), at, "const"),
        "pattern" => When(Text(value) is { } text && !Regex.IsMatch(text, rule.GetValue<string>(), RegexOptions.ECMAScript), at, "pattern"),
        "minLength" => When(Text(value) is { } text && text.Length < rule.GetValue<int>(), at, "minLength"),
        "minimum" => When(Number(value) < rule.GetValue<decimal>(), at, "minimum"),
        "maximum" => When(Number(value) > rule.GetValue<decimal>(), at, "maximum"),
        "minItems" => When(value is JsonArray array && array.Count < rule.GetValue<int>(), at, "minItems"),
        "minProperties" => When(value is JsonObject mapping && mapping.Count < rule.GetValue<int>(), at, "minProperties"),
        "items" => value is JsonArray array ? array.SelectMany((item, index) => Errors(rule.AsObject(), item, $"{at}/{index}")) : [],
        "properties" => value is JsonObject mapping
            ? rule.AsObject().Where(property => mapping.ContainsKey(property.Key)).SelectMany(property => Errors(property.Value!.AsObject(), mapping[property.Key], $"{at}/{property.Key}"))
            : [],
        "additionalProperties" => value is JsonObject mapping
            ? mapping.Where(property => schema["properties"]?[property.Key] is null).SelectMany(property => rule is JsonObject of ? Errors(of, property.Value, $"{at}/{property.Key}") : [$"{at}/{property.Key}: additionalProperties"])
            : [],
        "propertyNames" => value is JsonObject mapping ? mapping.SelectMany(property => Errors(rule.AsObject(), JsonValue.Create(property.Key), $"{at}/{property.Key}")) : [],
        "required" => value is JsonObject mapping ? rule.AsArray().Where(name => !mapping.ContainsKey(name!.GetValue<string>())).Select(name => $"{at}: required {name}") : [],
        "oneOf" => When(rule.AsArray().Count(one => !Errors(one!.AsObject(), value, at).Any()) != 1, at, "oneOf"),
        "anyOf" => When(!rule.AsArray().Any(one => !Errors(one!.AsObject(), value, at).Any()), at, "anyOf"),
        _ => throw new NotSupportedException($"the keyword {keyword} is not known to this validator"),
    };

    private JsonObject Definition(string reference) => root["$defs"]![reference["#/$defs/".Length..]]!.AsObject();

    private static IEnumerable<string> When(bool isWrong, string at, string keyword) => isWrong ? [$"{at}: {keyword}"] : [];

    private static bool IsOfType(JsonNode type, JsonNode? value) => type.GetValue<string>() switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        "integer" => Number(value) is { } number && number == decimal.Truncate(number),
        var other => throw new NotSupportedException($"the type {other} is not known to this validator"),
    };

    private static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static decimal? Number(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number ? decimal.Parse(value.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture) : null;
}
