using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Tests.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>A table in memory, for tests of what happens to rows once a reader has given them.</summary>
internal sealed class MemoryTable(params (string Name, LogicalType Type)[] columns) : IDatabaseSnapshot
{
    public List<Cell[]> Rows { get; } = [];

    public string Position => "memory";

    /// <summary>How often the rows were read.</summary>
    public int Reads { get; private set; }

    /// <summary>Asked before each batch; throws what a server would.</summary>
    public Action<int> BeforeBatch { get; init; } = _ => { };

    public TableSchema Schema => new()
    {
        Name = new TableName(null, "t"),
        Columns = [.. columns.Select(column => new ColumnSchema { Name = column.Name, Type = column.Type, ServerType = $"{column.Type.Kind}" })],
        EstimatedRows = Rows.Count,
    };

    public MemoryTable Add(params Cell[] row)
    {
        row.Length.ShouldBe(columns.Length);
        Rows.Add(row);
        return this;
    }

    public TablePair PairWith(MemoryTable target, params string[] key) => new()
    {
        Source = Schema,
        Target = target.Schema,
        Columns = [.. target.Schema.Columns.Select(column => new ColumnPair(new ReadColumn(column.Name, Schema.FindColumn(column.Name)!.Type), column))],
        Key = key,
    };

    public Task<IRowReader> ReadAsync(RowQuery query, CancellationToken cancellationToken)
    {
        Reads++;
        var indexes = query.Columns.Select(column => Array.FindIndex(columns, known => known.Name == column.Name)).ToArray();
        return Task.FromResult<IRowReader>(new Reader(this, indexes));
    }

    public Task<string?> ScalarAsync(string sql, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<QueryAnswer> AskAsync(string sql, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<SequenceState>> ReadSequencesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<long> CountAsync(RowQuery query, CancellationToken cancellationToken) => Task.FromResult((long)Rows.Count);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Reader(MemoryTable table, int[] indexes) : IRowReader
    {
        private int _next;

        public ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            table.BeforeBatch(_next);
            batch.Clear();
            for (; _next < table.Rows.Count && batch.RowCount < 100; _next++)
            {
                foreach (var index in indexes)
                {
                    var cell = table.Rows[_next][index];
                    batch.Append(cell.Kind, cell.Bytes);
                }
            }

            return ValueTask.FromResult(batch.RowCount > 0);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
