using System.Diagnostics.CodeAnalysis;
using MigrationTools.Engine.Specs.Notifications;
using MigrationTools.Engine.Specs.Reading.Forms;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>Who is told of a run, by name.</summary>
internal sealed class NotificationsForm() : DictionaryForm<NotificationSpec>(
    new NotificationForm(),
    "a mapping of names to those who are told",
    (Patterns.Id(), "a name of letters, digits, '-', '_' and '.', at most 80,"))
{
    protected override bool TryReadItem(string key, SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out NotificationSpec value)
    {
        value = base.TryReadItem(key, node, context, out var read) ? read with { Name = key } : null;
        return value is not null;
    }

    /// <summary>One of them; the key that says how they are reached says which other keys there are.</summary>
    private sealed class NotificationForm() : KeyedForm<NotificationSpec>(
        "notification",
        new Dictionary<string, MappingForm<NotificationSpec>>(StringComparer.Ordinal)
        {
            ["webhook"] = new WebhookNotificationSection(),
            ["mail"] = new MailNotificationSection(),
            ["command"] = new CommandNotificationSection(),
        });
}
