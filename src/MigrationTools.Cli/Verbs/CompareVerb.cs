using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Output;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Files;
using MigrationTools.Hosting;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>compare</c>: reads both databases and says which rows differ.</summary>
internal sealed class CompareVerb : CliVerb
{
    private readonly DataOptions _data = new();
    private readonly PartitionOptions _partition = new();
    private readonly ComparisonSettings _settings = new();

    public CompareVerb(CliSession session)
        : base(session, "compare", "Compare the rows of two databases, table by table, and name every row and column that differs. Changes nothing.")
    {
        _data.AddTo(this);
        foreach (var option in _settings.All)
        {
            Add(option);
        }

        _partition.AddTo(this);
        Add(new ComparePlanVerb(session));
        Add(new CompareMergeVerb(session));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "compare samples/shop/migration.yaml",
        "compare --run shop-v2-to-v3-20250301-101500-a1b2 --tables 'order*' --output json",
        "compare --source sqlite:old.db --target 'postgresql://me:${env:PGPASSWORD}@db/shop' --exclude audit_log",
        "compare --source sqlite:old.db --target sqlite:new.db --differences d.html --repair-script repair.sql",
        "compare shop.yaml --source-query 'select id from users' --target-query 'select id from people' --key id",
        "compare migration.yaml --settle 30s --state compare.state --max-rows-per-second 50000",
        "compare --plan plan.json --partition 3",
    ];

    public override (string Zero, string? One) Outcomes => ("All rows of all tables are the same.", "Rows differ.");

    protected override async Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var host = call.CreateHost();
        var options = _settings.Options(call.Parsed);
        var (selection, files) = (_settings.Selection(call.Parsed), _settings.Files(call.Parsed));
        if (_partition.AreGiven(call.Parsed))
        {
            _settings.RefuseBesidePlan(call.Parsed);
            return await PartitionOfPlan.CompareAsync(call, host, _data, _partition, options, cancellationToken);
        }

        var scopes = await _data.ReadAsync(call, host, cancellationToken);
        selection.RequireFor([.. scopes.Select(scope => scope.System).OfType<string>()]);
        var systems = new List<SystemOutput>();
        var tables = new List<TableOutput>();
        var unwritten = new List<OutputFileException>();
        foreach (var scope in scopes)
        {
            var compared = new List<TableComparison>();
            var name = scopes.Count > 1 ? scope.System : null;
            var own = name is null ? options : options with { StateFile = ComparisonFiles.Named(options.StateFile, name) };
            try
            {
                await foreach (var table in host.CompareAsync(scope.Request with { Selection = selection }, own, name is null ? files : files.For(name), call.Observer, cancellationToken))
                {
                    compared.Add(table);
                    call.Results.Item(TableOutput.Of(table, name));
                }
            }
            catch (OutputFileException e) when (compared.Count > 0)
            {
                // It is told when all tables are: their results stand, and only the file is not there.
                unwritten.Add(e);
            }

            compared.Sort((left, right) => string.CompareOrdinal(left.Target, right.Target));
            systems.Add(SystemOutput.Of(scope, compared.Select(table => table.Verdict)));
            tables.AddRange(compared.Select(table => TableOutput.Of(table, name)));
            call.Results.Text(console => ComparisonText.Write(console, systems[^1], compared));
            if (call.Verbose)
            {
                call.Results.Text(console => ComparisonText.WriteMethods(console, compared));
            }
        }

        var result = TablesOutput<TableOutput>.Of(systems, tables);
        call.Results.Whole(result);
        return unwritten.Count == 0 ? ExitCodes.Of(result.Verdict) : Tell(call, unwritten);
    }

    // The one object of JSON is the result; a stream of lines has room for one more.
    private static int Tell(VerbCall call, List<OutputFileException> unwritten)
    {
        call.Observer.Error.Dispose();
        var format = call.Results.Format == OutputFormat.JsonLines ? OutputFormat.JsonLines : OutputFormat.Table;
        unwritten.ForEach(error => ErrorOutput.Of(error, call.RunId).Write(call.Session.Console, format));
        return ExitCodes.NotVerified;
    }
}
