using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A query on a database.</summary>
internal sealed class SqlMetricSection : MappingForm<MetricSpec>
{
    private readonly Field<SystemReference> _sql;
    private readonly Field<EngineSql> _query;

    public SqlMetricSection()
        : base("sqlMetric")
    {
        _sql = Required("sql", new ReferenceForm("database"), "The database whose sides are asked.");
        _query = Required("query", SqlForm.Instance, "A query that gives one value.");
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        if (values.Find(_sql) is { } system && values.Find(_query) is { } query)
        {
            context.Later(() =>
            {
                foreach (var side in MetricSides.Of(system.Side))
                {
                    SqlForm.Require(query, context.Systems.Find(system.System)?.EngineOf(side), values.NodeOf(_query), context);
                }
            });
        }
    }

    protected override MetricSpec Build(FieldValues values, ReadingContext context) =>
        new SqlMetricSpec(values.Of(_sql).System, values.Of(_query)) { Name = string.Empty, Side = values.Of(_sql).Side };
}
