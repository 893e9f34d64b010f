using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;
using MigrationTools.Cli.Terminal;
using MigrationTools.Databases.Integrity;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>count</c>: counts the rows of both databases.</summary>
internal sealed class CountVerb : CliVerb
{
    private readonly DataOptions _data = new();

    public CountVerb(CliSession session)
        : base(session, "count", "Count the rows of two databases, table by table. Changes nothing.") => _data.AddTo(this);

    public override IReadOnlyList<string> Examples => ["count samples/shop/migration.yaml", "count --source sqlite:old.db --target sqlite:new.db --tables 'order*'"];

    public override (string Zero, string? One) Outcomes => ("Every table has as many rows on both sides.", "A table has not.");

    protected override async Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var host = call.CreateHost();
        var systems = new List<SystemOutput>();
        var tables = new List<RecordCountResult>();
        foreach (var scope in await _data.ReadAsync(call, host, cancellationToken))
        {
            var counted = new List<RecordCountResult>();
            await foreach (var table in host.CountAsync(scope.Request, call.Observer, cancellationToken))
            {
                counted.Add(table with { System = scope.System });
                call.Results.Item(counted[^1]);
            }

            counted.Sort((left, right) => string.CompareOrdinal(left.Target, right.Target));
            systems.Add(SystemOutput.Of(scope, counted.Select(table => table.Verdict)));
            tables.AddRange(counted);
            call.Results.Text(console => Write(console, systems[^1], counted));
        }

        var result = TablesOutput<RecordCountResult>.Of(systems, tables);
        call.Results.Whole(result);
        return ExitCodes.Of(result.Verdict);
    }

    private static void Write(CliConsole console, SystemOutput system, List<RecordCountResult> counted)
    {
        DataText.WriteHeader(console, system);
        var table = new TextTable().Column("Table").Name("Verdict").Number("Source rows").Number("Target rows").Number("Difference").Column("Notes");
        foreach (var one in counted)
        {
            var difference = one.TargetRows - one.SourceRows;
            table.Row(
                DataText.Pair(one.Source, one.Target), one.Verdict, Quantity.Count(one.SourceRows), Quantity.Count(one.TargetRows),
                difference is null ? "-" : difference > 0 ? $"+{Quantity.Count(difference)}" : Quantity.Count(difference), string.Join("; ", one.Notes));
        }

        table.Write(console);
        console.Out.WriteLine();
        console.Out.WriteLine($"{console.OutPaint.As(system.Verdict, system.Verdict.ToString())}: {Quantity.Count(counted.Count, "table")}, {Quantity.Count(counted.Sum(one => one.SourceRows ?? 0))} rows in the source, {Quantity.Count(counted.Sum(one => one.TargetRows ?? 0))} in the target.");
    }
}
