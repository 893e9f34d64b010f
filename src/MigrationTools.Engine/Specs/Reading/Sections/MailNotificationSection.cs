using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Notifications;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>An e-mail.</summary>
internal sealed class MailNotificationSection : MappingForm<NotificationSpec>
{
    private static readonly TextForm Address = new("an e-mail address", Patterns.MailAddress());

    private readonly Field<Endpoint> _mail;
    private readonly Field<string> _from;
    private readonly Field<IReadOnlyList<string>> _to;
    private readonly Field<IReadOnlyList<NotificationEvent>> _on;

    public MailNotificationSection()
        : base("mailNotification")
    {
        _mail = Required("mail", new EndpointForm("a mail server's URI, such as smtps://user:${env:NAME}@host:465", _ => ["smtps", "smtp", "smtp+plain"]), "The mail server: smtps with TLS from the start, smtp with STARTTLS, smtp+plain without.");
        _from = Required("from", Address, "Who sends it.");
        _to = Required("to", new ListForm<string>(Address, "a list of e-mail addresses", ListItems.Unique), "Who gets it.");
        _on = Optional("on", NotificationEvents.Form, NotificationEvents.Meaning);
    }

    protected override NotificationSpec Build(FieldValues values, ReadingContext context) => new MailNotificationSpec
    {
        Name = string.Empty,
        Server = values.Of(_mail),
        From = values.Of(_from),
        To = values.Of(_to),
        On = values.Find(_on) ?? [],
    };
}
