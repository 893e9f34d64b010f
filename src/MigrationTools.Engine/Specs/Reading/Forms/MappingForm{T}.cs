using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>
/// A mapping whose keys are declared once, in the constructor of a subclass; reading, the JSON schema and the reference page all come from there.
/// An unknown key is a mistake; where it is close to a known one it is read as that one, so that one slip is told once and nothing behind it is hidden.
/// </summary>
internal abstract class MappingForm<T>(string definition) : Form<T>, IMappingForm
{
    private readonly List<Field> _fields = [];

    public IReadOnlyList<Field> Fields => _fields;

    public override string Expected => $"a mapping with {Words.List(_fields.Select(known => known.Name), "and")}";

    public override string Definition { get; } = definition;

    public override IEnumerable<Form> Parts => _fields.Select(known => known.Form);

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var properties = new JsonObject();
        foreach (var field in _fields)
        {
            var schema = new JsonObject { ["description"] = field.Meaning };
            foreach (var (keyword, value) in definitions.Use(field.Form).ToList())
            {
                schema.Add(keyword, value?.DeepClone());
            }

            if (field.Default is { } whenMissing)
            {
                schema.Add("default", whenMissing.DeepClone());
            }

            properties.Add(field.Name, schema);
        }

        var required = _fields.Where(field => field.IsRequired).Select(field => (JsonNode)field.Name).ToArray();
        var result = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Length > 0)
        {
            result.Add("required", new JsonArray(required));
        }

        return result;
    }

    protected Field<TValue> Required<TValue>(string name, Form<TValue> form, string meaning) => Add(new Field<TValue>(name, form, true, meaning));

    protected Field<TValue> Optional<TValue>(string name, Form<TValue> form, string meaning) => Add(new Field<TValue>(name, form, false, meaning));

    protected Field<TValue> Optional<TValue>(string name, Form<TValue> form, TValue whenMissing, string meaning) =>
        Add(new Field<TValue>(name, form, meaning, whenMissing));

    /// <summary>Mistakes between keys. Also called where single keys have mistakes, so that all are told at once.</summary>
    protected virtual void Check(FieldValues values, ReadingContext context)
    {
    }

    /// <summary>Makes the value; called only where there was no mistake.</summary>
    protected abstract T Build(FieldValues values, ReadingContext context);

    protected sealed override bool TryReadNode(SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not MappingNode mapping)
        {
            Misfit(node, context);
            return false;
        }

        var before = context.MistakeCount;
        var values = new FieldValues(mapping);
        foreach (var entry in mapping.Entries)
        {
            if (FieldOf(entry, values, context) is { } field)
            {
                context.Within(field.Name, () => values.TryRead(field, entry.Value, context));
            }
        }

        foreach (var missing in _fields.Where(field => field.IsRequired && !values.IsGiven(field)))
        {
            context.Mistake(mapping, $"the key '{missing.Name}' is missing: {missing.Form.Expected}.");
        }

        Check(values, context);
        if (context.MistakeCount > before || _fields.Any(field => values.IsGiven(field) && !values.IsRead(field)))
        {
            return false;
        }

        value = Build(values, context);
        return true;
    }

    private Field? FieldOf(MappingEntry entry, FieldValues values, ReadingContext context)
    {
        var name = entry.Key.Text;
        if (_fields.Find(field => field.Name == name) is { } known)
        {
            return known;
        }

        var free = _fields.Where(field => values.Node.Find(field.Name) is null && !values.IsGiven(field)).ToList();
        var nearest = NearestName.Find(name, free.Select(field => field.Name));
        var advice = nearest is null
            ? $". Known keys are {Words.List(_fields.Select(field => field.Name), "and")}."
            : $"; did you mean '{nearest}'?";
        context.Mistake(entry.Key, $"unknown key {Echo.Quote(name)}{advice}");
        return free.Find(field => field.Name == nearest);
    }

    private Field<TValue> Add<TValue>(Field<TValue> field)
    {
        _fields.Add(field);
        return field;
    }
}
