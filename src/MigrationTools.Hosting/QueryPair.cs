using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Hosting;

/// <summary>Two queries as a pair of tables: their columns are paired by name.</summary>
internal static class QueryPair
{
    /// <exception cref="InvalidRequestException">One query is missing, or their columns do not fit together.</exception>
    public static async Task<TablePair> ResolveAsync(IDatabase source, IDatabase target, DataSelection selection, CancellationToken cancellationToken)
    {
        if (selection is not { SourceQuery: { } sourceSql, TargetQuery: { } targetSql })
        {
            throw new InvalidRequestException("Give a query for both sides: one SELECT for the source and one for the target.");
        }

        if (selection.TableMap.Count > 0)
        {
            throw new InvalidRequestException("Queries name their own tables: leave the mapping of tables out.");
        }

        var sourceColumns = await source.DescribeQueryAsync(sourceSql, cancellationToken).ConfigureAwait(false);
        var targetColumns = await target.DescribeQueryAsync(targetSql, cancellationToken).ConfigureAwait(false);
        string TargetOf(string name) => selection.ColumnMap.GetValueOrDefault(name, name);
        var pairs = targetColumns
            .Select(column => (Source: sourceColumns.FirstOrDefault(candidate => TargetOf(candidate.Name) == column.Name), Target: column))
            .ToList();
        var unpaired = pairs.Where(pair => pair.Source is null).Select(pair => $"the target's {pair.Target.Name}")
            .Concat(sourceColumns.Where(column => pairs.TrueForAll(pair => pair.Source != column)).Select(column => $"the source's {column.Name}"))
            .Where(text => !selection.ExcludeColumns.Any(name => text.EndsWith("'s " + name, StringComparison.Ordinal)))
            .ToList();
        if (unpaired.Count > 0)
        {
            throw new InvalidRequestException($"The queries' columns do not fit together: {string.Join(", ", unpaired)} stand alone. Give them one name (AS), map them, or leave them out.");
        }

        var columns = pairs.Where(pair => pair.Source is not null).Select(pair => new ColumnPair(new ReadColumn(pair.Source!.Name, pair.Source.Type), pair.Target)).ToList();
        return selection.Apply(new TablePair
        {
            SourceSql = sourceSql,
            TargetSql = targetSql,
            Target = new TableSchema { Name = new TableName(null, "query"), Columns = targetColumns },
            Columns = columns,
        });
    }
}
