using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Methods;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <content>Hashes made by the server.</content>
internal sealed partial class PostgresSnapshot
{
    /// <summary>Grouping in memory. The server can't know how few segments an expression gives, and would sort the whole table for as many groups as rows.</summary>
    private const string GroupInMemory = "SET LOCAL enable_sort = off";

    /// <summary>
    /// Compiling a statement takes a server some tenths of a second, which of what is asked here only the hashes of a whole table give back: those of a part of it, or
    /// its rows as they are, are done before. What a user asks is compiled as the server has it.
    /// </summary>
    private const string WithoutCompiling = "SET LOCAL jit = off";

    /// <summary>
    /// Putting the bodies of the server's functions into what is compiled took it 0.06 to 0.1 s of 5 million rows, and was not seen to make them faster: of these statements
    /// nearly all time is within the functions.
    /// </summary>
    private const string Compiling = "SET LOCAL jit TO DEFAULT; SET LOCAL jit_inline_above_cost = -1";

    private const string CompilingAsTheServerHasIt = "SET LOCAL jit TO DEFAULT; SET LOCAL jit_inline_above_cost TO DEFAULT";

    /// <summary>Compiling more expressions takes a server minutes and gigabytes.</summary>
    private const int ColumnsToCompile = 64;

    private const string Memory = "SET LOCAL work_mem = '64MB'";

    private const string AsBefore = $"SET LOCAL work_mem TO DEFAULT; SET LOCAL enable_sort TO DEFAULT; {WithoutCompiling}";

    public string Engine => "PostgreSQL";

    /// <summary>The wire form of each column; of numbers also whether they have a precision, without which they may be infinite.</summary>
    public async Task<IReadOnlyList<string>> DescribeAsync(RowQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var wires = await WiresAsync(query, cancellationToken).ConfigureAwait(false);
        return [.. wires.Select((wire, index) => wire switch
        {
            PostgresWire.Numeric when query.Columns[index] is { Expression: null, Type.Precision: not null } => BoundedNumber,
            PostgresWire.Timestamp or PostgresWire.TimestampTz when _first.ServerMajor < BinsVersion => wire + WithoutBins,
            _ => wire.ToString(),
        })];
    }

    public string? FormOf(string sourceType, string targetType, ColumnMeaning meaning)
    {
        ArgumentNullException.ThrowIfNull(meaning);
        var form = PostgresHashForms.Of(WireOf(sourceType), WireOf(targetType), meaning);
        return form switch
        {
            PostgresHashForm.AnyNumber when sourceType != nameof(PostgresWire.Numeric) && targetType != nameof(PostgresWire.Numeric) => nameof(PostgresHashForm.Number),
            PostgresHashForm.Timestamp when IsWithoutBins(sourceType) || IsWithoutBins(targetType) => nameof(PostgresHashForm.EpochTimestamp),
            _ => form?.ToString(),
        };
    }

    public async Task<string> ProbeAsync(IReadOnlyList<string> forms, CancellationToken cancellationToken)
    {
        var answers = new List<string>();
        foreach (var form in forms.Distinct().Select(Enum.Parse<PostgresHashForm>))
        {
            var (sql, groups) = PostgresHashProbe.Of(form);
            var rows = await WithConnectionAsync(
                connection => connection.QueryAsync(sql, [], "Trying the server's hash functions", cancellationToken), cancellationToken).ConfigureAwait(false);
            answers.Add(PostgresHashProbe.Check(form, groups, [.. rows.Select(row => row[0]!)]));
        }

        return string.Join(';', answers);
    }

    public IRowHasher HashNatively(RowQuery query, HashedRow row, Segmentation segmentation) => new PostgresRowHasher(this, query, row, segmentation);

    public string? TextFormOf(string type, ColumnMeaning meaning)
    {
        ArgumentNullException.ThrowIfNull(meaning);
        return PostgresTextForms.Of(WireOf(type), meaning)?.ToString();
    }

    public async Task<IReadOnlyList<string>> ProbeTextsAsync(IReadOnlyList<string> forms, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        foreach (var form in forms)
        {
            var sql = PostgresTextForms.Probe(Enum.Parse<RowTextForm>(form));
            var rows = await WithConnectionAsync(
                connection => connection.QueryAsync(sql, [], "Trying the server's texts", cancellationToken), cancellationToken).ConfigureAwait(false);
            texts.AddRange(rows.Select(row => row[0]!));
        }

        return texts;
    }

    public ISegmentHasher HashTexts(RowQuery query, IReadOnlyList<string> forms, IReadOnlyList<ColumnMeaning> meanings, KeyStretches segmentation) =>
        new PostgresTextHasher(this, query, [.. forms.Select(Enum.Parse<RowTextForm>)], meanings, segmentation);

    /// <summary>The forms in which the server gives the columns of a query.</summary>
    internal Task<PostgresWire[]> WiresAsync(RowQuery query, CancellationToken cancellationToken)
    {
        const string doing = "Describing a query";
        return WithConnectionAsync(
            async connection =>
            {
                var only = await BeginReadingAsync(connection, query, doing, cancellationToken).ConfigureAwait(false);
                var (_, wires) = await PrepareAsync(connection, query, only, doing, cancellationToken).ConfigureAwait(false);
                return wires;
            },
            cancellationToken);
    }

    /// <summary>Rows of a statement that groups many, with room in memory for its groups.</summary>
    internal Task<List<string?[]>> GroupAsync(RowQuery query, Func<PostgresDialect, bool, string> sql, CancellationToken cancellationToken) =>
        RunAsync(query, query is { Spans: null, Limit: null } ? $"{Memory}; {GroupInMemory}; {Compiling}" : $"{Memory}; {GroupInMemory}", sql, cancellationToken);

    /// <summary>Rows of a statement that sorts a segment at a time.</summary>
    internal Task<List<string?[]>> SortAsync(RowQuery query, Func<PostgresDialect, bool, string> sql, CancellationToken cancellationToken) =>
        RunAsync(query, Memory, sql, cancellationToken);

    private async Task<List<string?[]>> RunAsync(RowQuery query, string settings, Func<PostgresDialect, bool, string> sql, CancellationToken cancellationToken)
    {
        var doing = $"Hashing {query.Table?.ToString() ?? "a query"}";
        return await WithConnectionAsync(
            async connection =>
            {
                var only = await BeginReadingAsync(connection, query, doing, cancellationToken).ConfigureAwait(false);
                _ = await connection.ExecuteAsync(query.Columns.Count > ColumnsToCompile ? $"{settings}; {WithoutCompiling}" : settings, [], doing, cancellationToken).ConfigureAwait(false);
                var rows = await connection.QueryAsync(sql(_dialect, only), [], doing, cancellationToken).ConfigureAwait(false);

                // The connection goes back to readers whose rows the server may well want to sort.
                _ = await connection.ExecuteAsync(AsBefore, [], doing, cancellationToken).ConfigureAwait(false);
                return rows;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A binary COPY of rows of bytea.</summary>
    internal async Task<IRowReader> ReadBytesAsync(RowQuery query, int columns, Func<PostgresDialect, bool, string> sql, CancellationToken cancellationToken)
    {
        var doing = $"Hashing {query.Table?.ToString() ?? "a query"}";
        var connection = await LeaseAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var only = await BeginReadingAsync(connection, query, doing, cancellationToken).ConfigureAwait(false);
            var stream = await connection.CopyAsync($"COPY (\n{sql(_dialect, only)}\n) TO STDOUT (FORMAT BINARY)", doing, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return new PostgresRowReader(connection, stream, [.. Enumerable.Repeat(PostgresWire.Bytea, columns)], doing, ReturnAsync);
        }
        catch
        {
            await ReturnAsync(connection, usable: false).ConfigureAwait(false);
            throw;
        }
    }

    private const string BoundedNumber = "Numeric of a precision";

    /// <summary>What is told of moments of a server that has no date_bin, which came with version 14.</summary>
    private const string WithoutBins = " without bins";

    private const int BinsVersion = 14;

    private static bool IsWithoutBins(string type) => type.EndsWith(WithoutBins, StringComparison.Ordinal);

    private static PostgresWire WireOf(string type) =>
        type == BoundedNumber ? PostgresWire.Numeric : Enum.Parse<PostgresWire>(IsWithoutBins(type) ? type[..^WithoutBins.Length] : type);
}
