using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A system of kind command.</summary>
internal sealed class CommandSystemSection : MappingForm<SystemSpec>
{
    private readonly Field<CommandPhase> _at;
    private readonly Field<IReadOnlyList<string>> _do;
    private readonly Field<IReadOnlyList<string>> _undo;
    private readonly Field<string> _irreversible;
    private readonly Field<IReadOnlyList<string>> _look;
    private readonly Field<Expectation> _done;
    private readonly Field<Expectation> _undone;
    private readonly Field<IReadOnlyDictionary<string, string>> _environment;
    private readonly Field<TimeSpan> _timeout;

    public CommandSystemSection()
        : base("commandSystem")
    {
        Required("kind", new KindForm("command"), "Which kind of system it is.");
        _at = Optional("at", Choice.CamelNames<CommandPhase>(), CommandPhase.CutOver, "When it is moved: before data is copied, when the target becomes the one that counts, or when the old side is removed.");
        _do = Required("do", new ArgumentsForm(), "The program that moves it and its arguments, run without a shell in the spec's directory.");
        _undo = Optional("undo", new ArgumentsForm(), "The program that moves it back.");
        _irreversible = Optional("irreversible", TextForm.Line, "Why there is no program that moves it back.");
        _look = Required("look", new ArgumentsForm(), "The program whose trimmed output tells where it stands; it changes nothing.");
        _done = Required("done", ExpectationForm.Instance, "What 'look' says once it is moved.");
        _undone = Optional("undone", ExpectationForm.Instance, "What 'look' says before; anything but 'done' where it is not given. With it, an output that is neither stops the run.");
        _environment = Optional("environment", new DictionaryForm<string>(new TextForm("text, or a reference such as ${env:NAME}"), "a mapping of variables' names to values"), "Variables for the programs; the place for secrets, as ${env:NAME} or ${file:path}.");
        _timeout = Optional("timeout", DurationForm.Instance, TimeSpan.FromMinutes(10), "When a program is ended.");
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        if (values.IsGiven(_undo) == values.IsGiven(_irreversible))
        {
            context.Mistake(values.Node, values.IsGiven(_undo)
                ? "'undo' and 'irreversible' exclude each other."
                : "neither 'undo' nor 'irreversible' is given: expected the program that moves it back, or the reason why there is none.");
        }

        foreach (var (name, value) in values.Find(_environment) ?? new Dictionary<string, string>())
        {
            if (!SecretReferences.Any(value) && (SecretNames.Sounds(name) || EndpointRedaction.TextHoldsSecret(value)))
            {
                context.MistakeWithin(_environment.Name, values.NodeOf(_environment), $"{Echo.Quote(name)} looks like a secret written out; put ${{env:NAME}} or ${{file:path}} in its place.");
            }
        }
    }

    protected override SystemSpec Build(FieldValues values, ReadingContext context) => new CommandSystemSpec
    {
        Name = string.Empty,
        At = values.Of(_at),
        Do = values.Of(_do),
        Undo = values.Find(_undo) ?? [],
        Irreversible = values.Find(_irreversible),
        Look = values.Of(_look),
        Done = values.Of(_done),
        Undone = values.Find(_undone),
        Environment = values.Find(_environment) ?? new Dictionary<string, string>(),
        Timeout = values.Of(_timeout),
    };
}
