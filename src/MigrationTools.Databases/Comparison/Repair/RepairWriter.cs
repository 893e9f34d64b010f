using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>Writes the statements of all tables in their order, in one transaction.</summary>
internal sealed class RepairWriter(ISqlDialect from, ISqlDialect to, IRepairDialect literals, IDatabaseSnapshot source, IDatabaseSnapshot target, RepairOrder order)
{
    public async Task WriteAsync(TextWriter text, CancellationToken cancellationToken)
    {
        await text.WriteAsync(literals.Begin + "\n").ConfigureAwait(false);
        foreach (var table in order.DeletedFirst)
        {
            await DeleteAsync(text, table, cancellationToken).ConfigureAwait(false);
        }

        foreach (var table in order.ParentsFirst)
        {
            // A value that a row gives up is free for a new one; but a row that is to refer to a new one of its table comes after it.
            var insertsFirst = order.ChangesReferenceToItself(table);
            if (!insertsFirst)
            {
                await UpdateAsync(text, table, cancellationToken).ConfigureAwait(false);
            }

            await InsertAsync(text, table, cancellationToken).ConfigureAwait(false);
            if (insertsFirst)
            {
                await UpdateAsync(text, table, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var table in order.DeletedLast)
        {
            await DeleteAsync(text, table, cancellationToken).ConfigureAwait(false);
        }

        await AdvanceAsync(text).ConfigureAwait(false);
        await text.WriteAsync("\nCOMMIT;\n").ConfigureAwait(false);
    }

    private async Task DeleteAsync(TextWriter text, RepairTable table, CancellationToken cancellationToken)
    {
        await BeginAsync(text, table, "deleted", table.Extra.Count + table.ExtraCopies.Count).ConfigureAwait(false);
        var guards = order.Guards(table, literals);
        await Keyed(table, text).DeleteAsync(guards, inOneStatement: literals.ChecksEachStatement && order.RefersToItself(table), cancellationToken).ConfigureAwait(false);
        await Copies(table, text).DeleteAsync(guards, target, cancellationToken).ConfigureAwait(false);
    }

    private async Task UpdateAsync(TextWriter text, RepairTable table, CancellationToken cancellationToken)
    {
        await BeginAsync(text, table, "updated", table.Changed.Count).ConfigureAwait(false);
        await Keyed(table, text).UpdateAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task InsertAsync(TextWriter text, RepairTable table, CancellationToken cancellationToken)
    {
        await BeginAsync(text, table, "inserted", table.Missing.Count + table.MissingCopies.Count).ConfigureAwait(false);
        await Keyed(table, text).InsertAsync(inOneStatement: literals.ChecksEachStatement && order.RefersToItself(table), cancellationToken).ConfigureAwait(false);
        await Copies(table, text).InsertAsync(source, cancellationToken).ConfigureAwait(false);
    }

    private static async Task BeginAsync(TextWriter text, RepairTable table, string what, long count)
    {
        if (count > 0)
        {
            await text.WriteAsync($"\n{RepairStory.Comment($"Rows of {table.Pair.TargetName} {what}; each statement is for exactly one row unless it says otherwise.")}\n").ConfigureAwait(false);
        }
    }

    private async Task AdvanceAsync(TextWriter text)
    {
        foreach (var table in order.ParentsFirst.Where(table => table.Inserts > 0))
        {
            foreach (var column in table.Table.Columns.Where(column => column.Identity))
            {
                if (to.AdvanceIdentity(table.Table.Name, column.Name) is { } advance)
                {
                    await text.WriteAsync($"\n{RepairStory.Comment($"The numbers of {table.Pair.TargetName} go on after the largest one.")}\n{advance};\n").ConfigureAwait(false);
                }
            }
        }
    }

    private KeyedStatements Keyed(RepairTable table, TextWriter text) => new(table, literals, new RepairTranslation(table.Pair, from, to, literals), source, target, text);

    private CopyStatements Copies(RepairTable table, TextWriter text) => new(table, literals, new RepairTranslation(table.Pair, from, to, literals), text);
}
