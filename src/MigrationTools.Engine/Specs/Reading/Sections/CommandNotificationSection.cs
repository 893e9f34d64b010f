using MigrationTools.Engine.Specs.Notifications;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A program that is told.</summary>
internal sealed class CommandNotificationSection : MappingForm<NotificationSpec>
{
    private readonly Field<IReadOnlyList<string>> _command;
    private readonly Field<TimeSpan> _timeout;
    private readonly Field<IReadOnlyList<NotificationEvent>> _on;

    public CommandNotificationSection()
        : base("commandNotification")
    {
        _command = Required("command", new ArgumentsForm(), "The program and its arguments, run without a shell; the event is in variables MIGRATIONTOOLS_EVENT, _RUN, _SPEC, _STATUS, _VERDICT, _STEP and _MESSAGE.");
        _timeout = Optional("timeout", DurationForm.Instance, TimeSpan.FromSeconds(30), "When the program is ended.");
        _on = Optional("on", NotificationEvents.Form, NotificationEvents.Meaning);
    }

    protected override NotificationSpec Build(FieldValues values, ReadingContext context) => new CommandNotificationSpec
    {
        Name = string.Empty,
        Command = values.Of(_command),
        Timeout = values.Of(_timeout),
        On = values.Find(_on) ?? [],
    };
}
