using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A program that prints figures.</summary>
internal sealed class CommandMetricSection : MappingForm<MetricSpec>
{
    private readonly Field<IReadOnlyList<string>> _command;
    private readonly Field<IReadOnlyList<string>> _figures;
    private readonly Field<TimeSpan> _timeout;

    public CommandMetricSection()
        : base("commandMetric")
    {
        _command = Required("command", new ArgumentsForm(), "The program and its arguments, run without a shell with MIGRATIONTOOLS_SIDE=source or target; it prints a number, or lines of a name and a number.");
        _figures = Optional(
            "figures",
            new ListForm<string>(new TextForm("a figure's name of letters, digits and '_', no digit first", Patterns.MetricName()), "a list of figures' names", ListItems.Unique),
            [MetricFigures.Value],
            "Names of the lines that count.");
        _timeout = Optional("timeout", DurationForm.Instance, TimeSpan.FromSeconds(30), "When the program is ended.");
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        if (values.IsRead(_figures) && values.Of(_figures).Count == 0)
        {
            context.MistakeWithin(_figures.Name, values.NodeOf(_figures), "there is no figure; expected at least one.");
        }
    }

    protected override MetricSpec Build(FieldValues values, ReadingContext context) =>
        new CommandMetricSpec(values.Of(_command), values.Of(_timeout)) { Name = string.Empty, Names = values.Of(_figures) };
}
