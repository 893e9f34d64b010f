using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>What the machine of an endpoint must have free.</summary>
internal sealed class ResourcesSection : MappingForm<ResourcesSpec>
{
    private readonly Field<SystemReference> _at;
    private readonly Field<long> _freeDisk;
    private readonly Field<long> _freeMemory;
    private readonly Field<long> _freeConnections;

    public ResourcesSection()
        : base("resources")
    {
        _at = Required("at", new ReferenceForm("database", EndpointSide.Target), "Whose machine it is.");
        _freeDisk = Optional("freeDisk", SizeForm.Instance, "Free disk where the database's files are.");
        _freeMemory = Optional("freeMemory", SizeForm.Instance, "Free memory of the machine that runs the migration.");
        _freeConnections = Optional("freeConnections", new WholeNumberForm(1, 1_000_000), "Connections that the server has free.");
    }

    private Field[] Demands => [_freeDisk, _freeMemory, _freeConnections];

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = base.Schema(definitions);
        schema.Add("anyOf", new JsonArray([.. Demands.Select(demand => new JsonObject { ["required"] = new JsonArray(demand.Name) })]));
        return schema;
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        if (!Demands.Any(values.IsGiven))
        {
            context.Mistake(values.Node, $"expected at least one of {Words.List(Demands.Select(demand => demand.Name), "and")}.");
        }
    }

    protected override ResourcesSpec Build(FieldValues values, ReadingContext context) => new()
    {
        System = values.Of(_at).System,
        Side = values.Of(_at).Side ?? EndpointSide.Target,
        FreeDisk = values.FindValue(_freeDisk),
        FreeMemory = values.FindValue(_freeMemory),
        FreeConnections = (int?)values.FindValue(_freeConnections),
    };
}
