using MigrationTools.Engine.Specs.Measures;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>Where one value comes from; the key that names the source says which other keys there are.</summary>
internal sealed class MeasureForm() : KeyedForm<MeasureSpec>(
    "measure",
    new Dictionary<string, MappingForm<MeasureSpec>>(StringComparer.Ordinal)
    {
        ["sql"] = new SqlMeasureSection(),
        ["http"] = new HttpMeasureSection(),
        ["command"] = new CommandMeasureSection(),
    });
