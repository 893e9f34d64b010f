using System.Text.Json.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>What a value of a spec must look like: the one declaration behind the reader, the JSON schema and the reference page.</summary>
internal abstract class Form
{
    /// <summary>Completes "expected …", with an example where the form needs one.</summary>
    public abstract string Expected { get; }

    /// <summary>The form's name under <c>$defs</c> of the JSON schema; null where it is written in place.</summary>
    public virtual string? Definition => null;

    /// <summary>The forms of what is inside.</summary>
    public virtual IEnumerable<Form> Parts => [];

    /// <summary>The JSON schema (2020-12) of the form.</summary>
    public abstract JsonObject Schema(SchemaDefinitions definitions);
}
