using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>How answers tell the sides apart.</summary>
internal sealed class TrafficIdentitySection : MappingForm<TrafficIdentitySpec>
{
    private readonly Field<string> _path;
    private readonly Field<string> _header;
    private readonly Field<string> _source;
    private readonly Field<string> _target;

    public TrafficIdentitySection()
        : base("trafficIdentity")
    {
        _path = Optional("path", HttpPathForm.Instance, "/", "What probe requests ask for; below the route's path where there are routes.");
        _header = Optional("header", TextForm.Line, "The header that names the side; the body does where it is not given.");
        _source = Required("source", RegexForm.Instance, "What it matches in answers of the old side, and never in those of the new one.");
        _target = Required("target", RegexForm.Instance, "Likewise of the new side.");
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        if (values.Find(_source) is { } source && source == values.Find(_target))
        {
            context.MistakeWithin("target", values.NodeOf(_target), "it is the same as 'source', so it does not tell the sides apart.");
        }

        if (values.Find(_header) is { } header && !header.All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal)))
        {
            context.MistakeWithin("header", values.NodeOf(_header), $"{Echo.Quote(header)} is no name of a header.");
        }
    }

    protected override TrafficIdentitySpec Build(FieldValues values, ReadingContext context) =>
        new(values.Of(_path), values.Find(_header), values.Of(_source), values.Of(_target));
}
