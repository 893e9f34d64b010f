using System.CommandLine;
using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;
using MigrationTools.Cli.Terminal;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>copy</c>: copies rows, outside of a run.</summary>
internal sealed class CopyVerb : CliVerb
{
    private readonly DataOptions _data = new();
    private readonly Option<int?> _chunkRows = OptionKinds.Number("--chunk-rows", 1, "Rows in one committed chunk [default: 50000].");
    private readonly Option<long?> _maxRejected = OptionKinds.BigNumber("--max-rejected", 0, "Rows that the target may refuse [default: 0]; they are kept in a file with their reason.");
    private readonly Option<long?> _maxRowsPerSecond = OptionKinds.BigNumber("--max-rows-per-second", 1, "Go no faster [default: as fast as it can].");

    public CopyVerb(CliSession session)
        : base(session, "copy", "Copy rows from one database to another, making tables that are not there. No run: no journal, no rollback.")
    {
        _data.AddTo(this);
        Add(_chunkRows);
        Add(_maxRejected);
        Add(_maxRowsPerSecond);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "copy --source sqlite:old.db --target 'postgresql://me:${env:PGPASSWORD}@db/empty'",
        "copy migration.yaml --tables 'order*' --parallelism 4 --max-rows-per-second 20000",
    ];

    public override (string Zero, string? One) Outcomes => ("Every row is copied, or refused and kept within --max-rejected.", "The target refused more rows than that.");

    protected override async Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var host = call.CreateHost();
        var scopes = await _data.ReadAsync(call, host, cancellationToken);
        var systems = new List<SystemOutput>();
        var tables = new List<CopiedTable>();
        foreach (var scope in scopes)
        {
            var name = scopes.Count > 1 ? scope.System : null;
            var copied = new List<CopiedTable>();
            await foreach (var table in host.CopyAsync(scope.Request, Settings(call.Parsed, scope), call.Observer, cancellationToken))
            {
                copied.Add(CopiedTable.Of(table, name));
                call.Results.Item(copied[^1]);
            }

            copied.Sort((left, right) => string.CompareOrdinal(left.Target, right.Target));
            // A table is listed once all its rows are committed or kept as refused; one that was not ends the copy with an error.
            systems.Add(SystemOutput.Of(scope, copied.Select(_ => Verdict.Passed)));
            tables.AddRange(copied);
            call.Results.Text(console => Write(console, systems[^1], copied));
        }

        var result = TablesOutput<CopiedTable>.Of(systems, tables);
        call.Results.Whole(result);
        return ExitCodes.Of(result.Verdict);
    }

    private CopySpec Settings(ParseResult parsed, DataScope scope)
    {
        var defaults = scope.Spec?.Copy ?? new CopySpec();
        return defaults with
        {
            Parallelism = _data.Parallelism(parsed) ?? defaults.Parallelism,
            ChunkRows = parsed.GetValue(_chunkRows) ?? defaults.ChunkRows,
            MaxRejected = parsed.GetValue(_maxRejected) ?? defaults.MaxRejected,
            MaxRowsPerSecond = parsed.GetValue(_maxRowsPerSecond) ?? defaults.MaxRowsPerSecond,
        };
    }

    private static void Write(CliConsole console, SystemOutput system, List<CopiedTable> copied)
    {
        DataText.WriteHeader(console, system);
        var table = new TextTable().Column("Table").Number("Rows").Number("Rejected").Number("Bytes").Number("Time").Column("Rejected rows are in");
        foreach (var one in copied)
        {
            table.Row(
                DataText.Pair(one.Source, one.Target), Quantity.Count(one.Rows), Quantity.Count(one.Rejected), Quantity.Bytes(one.Bytes),
                Quantity.Duration(TimeSpan.FromMilliseconds(one.DurationMs)), one.RejectedFile is { } file ? FilePath.Show(file) : "");
        }

        table.Write(console);
        console.Out.WriteLine();
        console.Out.WriteLine($"{Quantity.Count(copied.Sum(one => one.Rows), "row")} copied in {Quantity.Count(copied.Count, "table")}, {Quantity.Count(copied.Sum(one => one.Rejected))} rejected. That they arrived as they were is proved by compare.");
    }
}
