using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Notifications;

namespace MigrationTools.Engine.Notifications.Sending;

/// <summary>The bodies of webhooks.</summary>
internal static class WebhookBody
{
    // Slack, Block Kit reference: a header's text has at most 150 characters, a section's 3,000.
    private const int SlackHeader = 150;
    private const int SlackSection = 3000;

    // Teams takes messages of 28 KB; the rest of the card is far smaller than what this leaves.
    private const int TeamsText = 8000;

    public static string Of(WebhookFormat format, NotificationMessage message) => (format switch
    {
        WebhookFormat.Slack => Slack(message),
        WebhookFormat.Teams => Teams(message),
        _ => Plain(message),
    }).ToJsonString(MigrationJson.Line);

    private static JsonObject Plain(NotificationMessage message) => new()
    {
        ["runId"] = message.RunId,
        ["spec"] = message.Spec,
        ["event"] = message.Event?.ToString(),
        ["status"] = message.Status?.ToString(),
        ["verdict"] = message.Verdict?.ToString(),
        ["step"] = message.Step,
        ["message"] = message.Message,
        ["at"] = message.At,
    };

    /// <summary>docs.slack.dev: incoming webhooks and Block Kit. The text is what a phone's notification shows.</summary>
    private static JsonObject Slack(NotificationMessage message)
    {
        var blocks = new JsonArray
        {
            new JsonObject { ["type"] = "header", ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = Cut(message.Title, SlackHeader) } },
            new JsonObject { ["type"] = "section", ["text"] = Mrkdwn(EscapedCut(message.Message, SlackSection)) },
            new JsonObject { ["type"] = "context", ["elements"] = new JsonArray(Mrkdwn(EscapedCut(string.Join("  |  ", Facts(message).Select(fact => $"{fact.Name}: {fact.Value}")), SlackSection))) },
        };
        return new JsonObject { ["text"] = EscapedCut($"{message.Title}: {message.Message}", SlackSection), ["blocks"] = blocks };
    }

    /// <summary>
    /// A Teams workflow ('When a Teams webhook request is received'): a message with one adaptive card. Text runs are shown as they are; a text block
    /// would take parts of them for Markdown.
    /// </summary>
    private static JsonObject Teams(NotificationMessage message)
    {
        var facts = Facts(message).Select(fact => (JsonNode)new JsonObject { ["title"] = fact.Name, ["value"] = Unmarked(fact.Value) });
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["fallbackText"] = Cut($"{message.Title}: {message.Message}", TeamsText),
            ["msteams"] = new JsonObject { ["width"] = "Full" },
            ["body"] = new JsonArray(
                Run(Cut(message.Title, SlackHeader), ("size", "Large"), ("weight", "Bolder")),
                Run(Cut(message.Message, TeamsText)),
                new JsonObject { ["type"] = "FactSet", ["facts"] = new JsonArray([.. facts]) }),
        };
        return new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["contentUrl"] = null,
                ["content"] = card,
            }),
        };
    }

    private static JsonObject Run(string text, params (string Name, string Value)[] style)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = text };
        foreach (var (name, value) in style)
        {
            run[name] = value;
        }

        return new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run) };
    }

    private static IEnumerable<(string Name, string Value)> Facts(NotificationMessage message)
    {
        yield return ("Spec", message.Spec);
        if (message.RunId is { } run)
        {
            yield return ("Run", run);
        }

        if (message.Status is { } status)
        {
            yield return ("Status", status.ToString());
        }

        if (message.Verdict is { } verdict)
        {
            yield return ("Verdict", verdict.ToString());
        }

        if (message.Step is { } step)
        {
            yield return ("Step", step);
        }

        yield return ("At", message.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
    }

    private static JsonObject Mrkdwn(string text) => new() { ["type"] = "mrkdwn", ["text"] = text };

    /// <summary>Slack's three characters escaped; cut so that no escape is cut through.</summary>
    private static string EscapedCut(string text, int most)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var piece = rune.Value switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => rune.ToString() };
            if (escaped.Length + piece.Length >= most)
            {
                return escaped.Append('…').ToString();
            }

            escaped.Append(piece);
        }

        return escaped.ToString();
    }

    /// <summary>A fact's value is Markdown: what would be taken for it gets a backslash.</summary>
    private static string Unmarked(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            _ = character is '\\' or '*' or '_' or '[' or ']' or '`' ? plain.Append('\\').Append(character) : plain.Append(character);
        }

        return plain.ToString();
    }

    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return $"{text[..end]}…";
    }
}
