using MigrationTools.Engine.Specs.Measures;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>The output of a program.</summary>
internal sealed class CommandMeasureSection : MappingForm<MeasureSpec>
{
    private readonly Field<IReadOnlyList<string>> _command;
    private readonly Field<TimeSpan> _timeout;

    public CommandMeasureSection()
        : base("commandMeasure")
    {
        _command = Required("command", new ArgumentsForm(), "The program and its arguments, run without a shell; its trimmed output counts.");
        _timeout = Optional("timeout", DurationForm.Instance, TimeSpan.FromSeconds(30), "When the program is ended.");
    }

    protected override MeasureSpec Build(FieldValues values, ReadingContext context) => new CommandMeasureSpec(values.Of(_command), values.Of(_timeout));
}
