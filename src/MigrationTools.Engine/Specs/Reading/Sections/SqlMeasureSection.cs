using MigrationTools.Engine.Specs.Measures;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>The one value that a query gives.</summary>
internal sealed class SqlMeasureSection : MappingForm<MeasureSpec>
{
    private readonly Field<SystemReference> _sql;
    private readonly Field<EngineSql> _query;

    public SqlMeasureSection()
        : base("sqlMeasure")
    {
        _sql = Required("sql", new ReferenceForm("database", EndpointSide.Target), "The database that is asked.");
        _query = Required("query", SqlForm.Instance, "A query that gives one value.");
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        if (values.Find(_sql) is { } system && values.Find(_query) is { } query)
        {
            var side = system.Side ?? EndpointSide.Target;
            context.Later(() => SqlForm.Require(query, context.Systems.Find(system.System)?.EngineOf(side), values.NodeOf(_query), context));
        }
    }

    protected override MeasureSpec Build(FieldValues values, ReadingContext context)
    {
        var system = values.Of(_sql);
        return new SqlMeasureSpec(system.System, system.Side ?? EndpointSide.Target, values.Of(_query));
    }
}
