using MigrationTools.Engine.Specs.Measures;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>Something that the migration needs.</summary>
internal sealed class DependencySection : MappingForm<DependencySpec>
{
    private readonly Field<string> _name;
    private readonly Field<MeasureSpec> _measure;
    private readonly Field<Expectation> _expect;
    private readonly Field<bool> _required;

    public DependencySection()
        : base("dependency")
    {
        _name = Required("name", TextForm.Line, "What people read; each once.");
        _measure = Required("measure", new MeasureForm(), "Where its value comes from.");
        _expect = Required("expect", ExpectationForm.Instance, "What the value must be.");
        _required = Optional("required", new TruthForm(), true, "Whether a run may not start without it.");
    }

    protected override DependencySpec Build(FieldValues values, ReadingContext context) => new()
    {
        Name = values.Of(_name),
        Measure = values.Of(_measure),
        Expect = values.Of(_expect),
        Required = values.Of(_required),
    };
}
