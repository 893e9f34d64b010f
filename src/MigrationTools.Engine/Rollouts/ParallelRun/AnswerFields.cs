using System.Globalization;
using System.Text.Json;

namespace MigrationTools.Engine.Rollouts.ParallelRun;

/// <summary>An answer taken apart into named values, so that a difference has a place: JSON by its leaves, other text by its lines.</summary>
internal static class AnswerFields
{
    /// <summary>The values by place: <c>status</c>, <c>type</c>, then <c>/order/total</c> for JSON or <c>line 3</c> for text.</summary>
    public static IReadOnlyDictionary<string, string> Of(ServiceAnswer answer)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["status"] = answer.Status?.ToString(CultureInfo.InvariantCulture) ?? "no answer",
            ["type"] = answer.ContentType ?? "",
        };
        if (answer.Status is not null && !TryAddJson(answer.Body, fields))
        {
            AddLines(answer.Body, fields);
        }

        return fields;
    }

    /// <summary>The place with every index of an array replaced, for what is noise in one item is noise in all.</summary>
    public static string Pattern(string place) => place.StartsWith('/')
        ? string.Join('/', place.Split('/').Select(part => part.Length > 0 && part.All(char.IsAsciiDigit) ? "*" : part))
        : place;

    private static bool TryAddJson(string body, Dictionary<string, string> fields)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            Add(document.RootElement, "", fields);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Add(JsonElement element, string place, Dictionary<string, string> fields)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                fields[$"{place}/"] = "an object";
                foreach (var member in element.EnumerateObject())
                {
                    // RFC 6901: '~' and '/' in a name are written ~0 and ~1.
                    Add(member.Value, $"{place}/{member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", fields);
                }

                break;
            case JsonValueKind.Array:
                fields[$"{place}/"] = string.Create(CultureInfo.InvariantCulture, $"{element.GetArrayLength()} items");
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Add(item, string.Create(CultureInfo.InvariantCulture, $"{place}/{index++}"), fields);
                }

                break;
            default:
                fields[place.Length == 0 ? "/" : place] = element.GetRawText();
                break;
        }
    }

    private static void AddLines(string body, Dictionary<string, string> fields)
    {
        var lines = body.Split('\n');
        fields["lines"] = lines.Length.ToString(CultureInfo.InvariantCulture);
        for (var line = 0; line < lines.Length; line++)
        {
            fields[string.Create(CultureInfo.InvariantCulture, $"line {line + 1}")] = lines[line].TrimEnd('\r');
        }
    }
}
