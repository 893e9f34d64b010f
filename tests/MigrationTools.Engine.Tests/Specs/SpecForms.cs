using MigrationTools.Engine.Specs.Reading.Forms;
using MigrationTools.Engine.Specs.Reading.Sections;

namespace MigrationTools.Engine.Tests.Specs;

/// <summary>The declarations that the reader reads by.</summary>
internal static class SpecForms
{
    /// <summary>Every mapping with keys of its own, each once, the spec itself first.</summary>
    public static IReadOnlyList<IMappingForm> Mappings()
    {
        var seen = new Dictionary<string, IMappingForm>();
        Walk(new SpecSection(), seen);
        return [.. seen.Values];
    }

    private static void Walk(Form form, Dictionary<string, IMappingForm> seen)
    {
        if (form is IMappingForm mapping && !seen.TryAdd(form.Definition!, mapping))
        {
            return;
        }

        foreach (var part in form.Parts)
        {
            Walk(part, seen);
        }
    }
}
