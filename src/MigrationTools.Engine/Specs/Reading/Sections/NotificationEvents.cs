using MigrationTools.Engine.Specs.Notifications;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>The key <c>on</c> that every notification has.</summary>
internal static class NotificationEvents
{
    public const string Meaning = "What it is sent at; everything where it is not given.";

    public static ListForm<NotificationEvent> Form { get; } =
        new(Choice.CamelNames<NotificationEvent>(), "a list of events, such as [ start, failure, end ]", ListItems.Unique);
}
