using System.Globalization;
using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>The statements of a table whose rows have a key.</summary>
internal sealed class KeyedStatements(
    RepairTable table, IRepairDialect literals, RepairTranslation translation, IDatabaseSnapshot source, IDatabaseSnapshot target, TextWriter text)
{
    /// <summary>Keys asked for at once.</summary>
    private const int KeysAtOnce = 200;

    private readonly List<int> _key = [.. table.Pair.Key.Select(name => table.Pair.Columns.ToList().FindIndex(column => column.Target.Name == name))];

    /// <param name="guards">Conditions besides the key, of which each fails where other rows would be taken along.</param>
    /// <param name="inOneStatement">Rows refer to each other.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task DeleteAsync(IReadOnlyList<string> guards, bool inOneStatement, CancellationToken cancellationToken)
    {
        var list = new StatementList(text, $"DELETE FROM {literals.OwnRowsOf(table.Table)} WHERE", "OR", inOneStatement);
        foreach (var all in table.Extra.Read().Chunk(KeysAtOnce))
        {
            var some = await WithoutThoseOnSourceAsync(all, cancellationToken).ConfigureAwait(false);
            var count = await CountTargetAsync(some, cancellationToken).ConfigureAwait(false);
            foreach (var difference in some.Where(difference => IsOne(difference.TargetKey!, count, "target")))
            {
                if (Condition(difference.TargetKey!, out var refusal) is { } condition)
                {
                    await list.AddAsync(string.Join(" AND ", [condition, .. guards])).ConfigureAwait(false);
                    table.Deletes++;
                }
                else
                {
                    LeaveOut(difference.TargetKey!, refusal!);
                }
            }
        }

        await list.EndAsync().ConfigureAwait(false);
    }

    public async Task InsertAsync(bool inOneStatement, CancellationToken cancellationToken)
    {
        if (table.Missing.Count == 0)
        {
            return;
        }

        // The key's columns come first; each column's place in what is read.
        var places = Places(Enumerable.Range(0, table.Pair.Columns.Count));
        var rows = Source(places);
        var columns = table.Pair.Columns.Select(column => column.Target).ToList();
        var list = new StatementList(text, literals.InsertInto(table.Table, columns), ",", inOneStatement);
        foreach (var all in table.Missing.Read().Chunk(KeysAtOnce))
        {
            var some = await WithoutThoseOnTargetAsync(all, cancellationToken).ConfigureAwait(false);
            var wanted = await AskableAsync(rows, some, cancellationToken).ConfigureAwait(false);
            await foreach (var (batch, row, key) in rows.ReadAsync(wanted.Keys, cancellationToken).ConfigureAwait(false))
            {
                if (!wanted.Remove(key))
                {
                    continue;
                }

                if (Values(batch, row, places, out var refusal) is { } values)
                {
                    await list.AddAsync(() => WriteValues(values)).ConfigureAwait(false);
                    table.Inserts++;
                }
                else
                {
                    LeaveOut(key, refusal!);
                }
            }

            LeaveOutGone(wanted.Keys);
        }

        await list.EndAsync().ConfigureAwait(false);
    }

    public async Task UpdateAsync(CancellationToken cancellationToken)
    {
        if (table.Changed.Count == 0)
        {
            return;
        }

        var places = Places(table.Changed.ChangedColumns);
        var rows = Source(places);
        foreach (var some in table.Changed.Read().Chunk(KeysAtOnce))
        {
            var count = await CountTargetAsync(some, cancellationToken).ConfigureAwait(false);
            var wanted = await AskableAsync(rows, [.. some.Where(difference => IsOne(difference.TargetKey!, count, "target"))], cancellationToken).ConfigureAwait(false);
            await foreach (var (batch, row, key) in rows.ReadAsync(wanted.Keys, cancellationToken).ConfigureAwait(false))
            {
                if (wanted.Remove(key, out var difference))
                {
                    await UpdateAsync(difference, batch, row, places).ConfigureAwait(false);
                }
            }

            LeaveOutGone(wanted.Keys);
        }
    }

    private async Task UpdateAsync(SpooledDifference difference, RowBatch batch, int row, List<int> places)
    {
        var changed = places.Select((column, place) => (Column: column, Place: place)).Where(item => difference.Columns.Contains(item.Column)).ToList();
        if (changed.Select(item => table.Table.FindColumn(table.Pair.Columns[item.Column].Target.Name)).FirstOrDefault(column => column is { IdentityAlways: true }) is { } numbered)
        {
            LeaveOut(difference.TargetKey!, $"the server alone numbers {numbered.Name} (GENERATED ALWAYS), and no UPDATE may: delete the row and insert it, OVERRIDING SYSTEM VALUE");
            return;
        }

        var values = new List<SqlValue>(changed.Count);
        foreach (var (column, place) in changed)
        {
            values.Add(translation.Value(column, batch, row, place, out var refused));
            if ((refused ?? RefusalOf(values)) is { } reason)
            {
                LeaveOut(difference.TargetKey!, reason);
                return;
            }
        }

        if (Condition(difference.TargetKey!, out var refusal) is not { } condition)
        {
            LeaveOut(difference.TargetKey!, refusal!);
            return;
        }

        await text.WriteAsync($"UPDATE {literals.OwnRowsOf(table.Table)} SET ").ConfigureAwait(false);
        for (var index = 0; index < values.Count; index++)
        {
            text.Write($"{(index == 0 ? string.Empty : ", ")}{literals.Name(table.Pair.Columns[changed[index].Column].Target)} = ");
            values[index].WriteTo(text);
        }

        await text.WriteAsync($" WHERE {condition};\n").ConfigureAwait(false);
        table.Updates++;
    }

    // A condition on one side alone, as a mapping has it, says which rows of the source belong on the target: all others are rightly extra.
    private async Task<IReadOnlyList<SpooledDifference>> WithoutThoseOnSourceAsync(SpooledDifference[] extra, CancellationToken cancellationToken)
    {
        if (table.Pair.Where is null || table.Pair.TargetWhere is null)
        {
            return extra;
        }

        var rows = Rows(source, table.Pair.SourceQuery(), [.. _key.Select(place => RepairTranslation.Read(table.Pair.Columns[place].Source))]);
        return await WithoutAsync(extra, difference => difference.TargetKey!, rows, translation.ToSource, "source", cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<SpooledDifference>> WithoutThoseOnTargetAsync(SpooledDifference[] missing, CancellationToken cancellationToken)
    {
        if (table.Pair.TargetWhere is null)
        {
            return missing;
        }

        var rows = Rows(target, table.Pair.TargetQuery(), TargetKeyColumns());
        return await WithoutAsync(missing, difference => difference.SourceKey!, rows, translation.ToTarget, "target", cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<SpooledDifference>> WithoutAsync(
        SpooledDifference[] differences, Func<SpooledDifference, KeyCells> keyOf, KeyedRows rows, Func<int, CellConverter?> converterOf, string side, CancellationToken cancellationToken)
    {
        var beyond = new RowsBeyond(rows, [.. _key.Select(converterOf)]);
        var found = await beyond.FindAsync([.. differences.Select(keyOf).Where(key => !HasNull(key))], cancellationToken).ConfigureAwait(false);
        foreach (var key in found)
        {
            LeaveOut(key, $"the {side} has a row of its key that does not meet the condition, or can't be asked for it");
        }

        return [.. differences.Where(difference => !found.Contains(keyOf(difference)))];
    }

    private static KeyedRows Rows(IDatabaseSnapshot side, RowQuery query, IReadOnlyList<ReadColumn> key) =>
        new(side, query with { Where = null, Columns = key }, [.. key.Select(column => column.Name)], unique: false);

    private List<ReadColumn> TargetKeyColumns() =>
        [.. _key.Select(place => table.Pair.Columns[place].Target).Select(column => RepairTranslation.Read(new ReadColumn(column.Name, column.Type)))];

    // The key's columns and then the others, each once.
    private List<int> Places(IEnumerable<int> columns) => [.. _key.Concat(columns).Distinct()];

    private KeyedRows Source(List<int> places)
    {
        var names = _key.Select(place => table.Pair.Columns[place].Source).ToList();
        var query = table.Pair.SourceQuery() with { Columns = [.. places.Select(place => RepairTranslation.Read(table.Pair.Columns[place].Source))] };
        var unique = names.TrueForAll(name => name.Expression is null) && RepairTable.IsUnique(table.Pair.Source, [.. names.Select(name => name.Name)]);
        return new KeyedRows(source, query, [.. names.Select(name => name.Name)], unique);
    }

    private Task<Func<KeyCells, long>> CountTargetAsync(IReadOnlyList<SpooledDifference> differences, CancellationToken cancellationToken)
    {
        var query = table.Pair.TargetQuery() with { Columns = TargetKeyColumns() };
        return new KeyedRows(target, query, table.Pair.Key, RepairTable.IsUnique(table.Table, [.. table.Pair.Key]))
            .CountAsync([.. differences.Select(difference => difference.TargetKey!).Where(key => !HasNull(key))], cancellationToken);
    }

    private async Task<Dictionary<KeyCells, SpooledDifference>> AskableAsync(KeyedRows rows, IReadOnlyList<SpooledDifference> differences, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<KeyCells, SpooledDifference>(KeyCellsComparer.Instance);
        foreach (var difference in differences)
        {
            if (HasNull(difference.SourceKey!))
            {
                LeaveOut(difference.SourceKey!, NullInKey);
            }
            else
            {
                wanted[difference.SourceKey!] = difference;
            }
        }

        var count = await rows.CountAsync(wanted.Keys, cancellationToken).ConfigureAwait(false);
        foreach (var key in wanted.Keys.Where(key => !IsOne(key, count, "source")).ToList())
        {
            wanted.Remove(key);
        }

        return wanted;
    }

    private const string NullInKey = "its key holds NULL, which names no row";

    private bool IsOne(KeyCells key, Func<KeyCells, long> count, string side)
    {
        var reason = HasNull(key) ? NullInKey : count(key) switch
        {
            1 => null,
            0 => $"its row is not on the {side} any more",
            _ => $"its key does not tell rows of the {side} apart",
        };
        if (reason is not null)
        {
            LeaveOut(key, reason);
        }

        return reason is null;
    }

    private SqlValue[]? Values(RowBatch batch, int row, List<int> places, out string? refusal)
    {
        var values = new SqlValue[places.Count];
        refusal = null;
        for (var place = 0; place < places.Count && refusal is null; place++)
        {
            values[places[place]] = translation.Value(places[place], batch, row, place, out refusal);
        }

        refusal ??= RefusalOf(values);
        return refusal is null ? values : null;
    }

    private void WriteValues(SqlValue[] values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            text.Write(index == 0 ? "(" : ", ");
            values[index].WriteTo(text);
        }

        text.Write(')');
    }

    private string? RefusalOf(IReadOnlyList<SqlValue> values)
    {
        var length = values.Sum(value => value.Length);
        return length <= literals.LongestStatement ? null
            : string.Create(CultureInfo.InvariantCulture, $"its values are {length:N0} bytes of SQL, which is more than the engine takes in one statement");
    }

    private string? Condition(KeyCells key, out string? refusal)
    {
        var cells = Cells(key);
        var parts = new List<string>(_key.Count);
        for (var place = 0; place < _key.Count; place++)
        {
            parts.Add(literals.KeyEquals(table.Table, table.Pair.Columns[_key[place]].Target, cells.KindAt(0, place), cells.BytesAt(0, place), out refusal));
            if (refusal is not null)
            {
                return null;
            }
        }

        refusal = null;
        return string.Join(" AND ", parts.Concat(table.Selection));
    }

    private bool HasNull(KeyCells key)
    {
        var cells = Cells(key);
        return Enumerable.Range(0, _key.Count).Any(place => cells.IsNull(0, place));
    }

    private RowBatch Cells(KeyCells key)
    {
        var cells = new RowBatch(_key.Count, 256);
        key.AppendTo(cells);
        return cells;
    }

    private void LeaveOutGone(IEnumerable<KeyCells> keys)
    {
        foreach (var key in keys)
        {
            LeaveOut(key, "its row is not on the source any more");
        }
    }

    private void LeaveOut(KeyCells key, string reason)
    {
        if (table.LeaveOut(reason))
        {
            var cells = Cells(key);
            var shown = string.Join(", ", _key.Select((column, place) =>
                $"{table.Pair.Columns[column].Target.Name} = {CellText.ToString(cells.KindAt(0, place), cells.BytesAt(0, place)) ?? "NULL"}"));
            text.Write($"\n{RepairStory.Comment($"left out, {shown}: {reason}")}\n");
        }
    }
}
