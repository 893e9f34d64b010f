using System.Diagnostics.CodeAnalysis;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>SQL that runs on the source of the database system that it stands in; there must be a text for its engine.</summary>
internal sealed class SourceSqlForm : SqlForm
{
    public static new SourceSqlForm Instance { get; } = new();

    protected override bool TryReadNode(SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out EngineSql value)
    {
        if (!base.TryReadNode(node, context, out var sql))
        {
            value = null;
            return false;
        }

        var system = context.Systems.Current;
        context.Later(() => Require(sql, system?.SourceEngine, node, context));
        value = sql;
        return true;
    }
}
