using MigrationTools.Engine.Specs.Notifications;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A webhook that is told.</summary>
internal sealed class WebhookNotificationSection : MappingForm<NotificationSpec>
{
    private readonly Field<string> _webhook;
    private readonly Field<WebhookFormat> _format;
    private readonly Field<IReadOnlyList<NotificationEvent>> _on;

    public WebhookNotificationSection()
        : base("webhookNotification")
    {
        _webhook = Required("webhook", new WebhookForm(), "Where the event is posted to.");
        _format = Optional("format", Choice.CamelNames<WebhookFormat>(), WebhookFormat.Json, "The body's form.");
        _on = Optional("on", NotificationEvents.Form, NotificationEvents.Meaning);
    }

    protected override NotificationSpec Build(FieldValues values, ReadingContext context) => new WebhookNotificationSpec
    {
        Name = string.Empty,
        Url = values.Of(_webhook),
        Format = values.Of(_format),
        On = values.Find(_on) ?? [],
    };
}
