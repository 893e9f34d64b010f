using System.Globalization;
using System.Runtime.CompilerServices;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Integrity;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using Microsoft.Extensions.Logging;

namespace MigrationTools.Hosting;

/// <summary>The operations on data that need no run: each resolves the request to systems and works on their table pairs.</summary>
internal sealed class DataOperations(DatabaseCatalog catalog, DatabaseLayouts layouts, DatabaseCopier copier, IRunStore store, string workDirectory, TimeProvider time)
{
    private const int MostNamed = 10;

    private readonly RecordCounts _counts = new(time);
    private readonly ReferentialIntegrity _referential = new(time);
    private readonly BusinessRules _rules = new(catalog, time);
    private readonly DataQuality _quality = new(time);

    public DataProof Proof => new(_counts, _referential, _rules, _quality, time);

    public async Task<IReadOnlyList<(string Source, string Target)>> DescribeAsync(DataRequest request, CancellationToken cancellationToken)
    {
        var (systems, _) = await SystemsAsync(request, cancellationToken).ConfigureAwait(false);
        return [.. systems.Select(system => (system.Source.Redacted, system.Target.Redacted))];
    }

    public async IAsyncEnumerable<TableSchema> ReadTablesAsync(DataRequest request, EndpointSide side, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (systems, _) = await SystemsAsync(request, cancellationToken).ConfigureAwait(false);
        foreach (var system in systems)
        {
            var database = catalog.Open(side == EndpointSide.Source ? system.Source : system.Target);
            await using var dispose = database.ConfigureAwait(false);
            var schema = await database.ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
            foreach (var table in schema.Tables.Where(table => IsAskedFor(request, table.Name)).OrderBy(table => table.Name.ToString(), StringComparer.Ordinal))
            {
                yield return table;
            }
        }
    }

    public async IAsyncEnumerable<TableComparison> CompareAsync(
        DataRequest request, ComparisonOptions options, ComparisonFiles files, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (systems, spec) = await SystemsAsync(request, cancellationToken).ConfigureAwait(false);
        files.RequireFor(request.Selection, options.StateFile, systems, spec);
        await foreach (var work in OpenAsync(request, cancellationToken).ConfigureAwait(false))
        {
            TellWhatIsNotCompared(request, work, observer);
            var outputs = new ComparisonOutputs(systems.Count > 1 ? files.For(work.System) : files, options.Text, time);
            await using var close = outputs.ConfigureAwait(false);
            var taken = options with { Sink = outputs.Join(options.Sink), StateFile = systems.Count > 1 ? ComparisonFiles.Named(options.StateFile, work.System) : options.StateFile };
            var results = new List<TableComparison>();
            await foreach (var result in DatabaseComparer.CompareAsync(work.Source, work.Target, work.Pairs, taken, request.Parallelism, observer, cancellationToken).ConfigureAwait(false))
            {
                results.Add(result with { Differences = [] });
                yield return result;
            }

            await outputs.CompleteAsync(work, results, options, observer, cancellationToken).ConfigureAwait(false);
        }
    }

    // Of a spec the tables are chosen; of two endpoints a reader takes "the same" for all that is there.
    private static void TellWhatIsNotCompared(DataRequest request, DataWork work, IOperationObserver observer)
    {
        if (request.Source is null || request.Tables.Count > 0)
        {
            return;
        }

        if (work.Layout.Pairing.TargetOnly.Where(table => !request.Exclude.Any(pattern => TablePairing.Matches(pattern, table))).ToList() is { Count: > 0 } newcomers)
        {
            observer.Logger.LogWarning("Only the target has {Tables}: not compared with anything", Few(newcomers));
        }

        foreach (var (side, schema) in new[] { (work.Source, work.Layout.Source), (work.Target, work.Layout.TargetNow) })
        {
            if (schema.Others.Where(HoldsRowsOfItsOwn).Select(other => $"{other.Kind} {other.Name}").ToList() is { Count: > 0 } others)
            {
                observer.Logger.LogWarning("{Endpoint} has {Tables}: not compared, for rows are read of ordinary tables", side.Endpoint.ToString(), Few(others));
            }
        }

        if (work.Source.Endpoint.ToString() == work.Target.Endpoint.ToString())
        {
            observer.Logger.LogWarning("{Endpoint} is compared with itself", work.Source.Endpoint.ToString());
        }
    }

    // A foreign table that is a partition has a definition, its bound; its rows are read with the table that it is a part of.
    private static bool HoldsRowsOfItsOwn(OtherObject other) => other.Kind == "virtual table" || other is { Kind: "foreign table", Definition: null };

    private static string Few<T>(IReadOnlyList<T> tables) =>
        string.Join(", ", tables.Take(MostNamed)) + (tables.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {tables.Count - MostNamed} more") : "");

    public async IAsyncEnumerable<RecordCountResult> CountAsync(
        DataRequest request, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var work in OpenAsync(request, cancellationToken).ConfigureAwait(false))
        {
            await foreach (var result in _counts.CountAsync(work.TwoSided(), observer, cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
    }

    public async IAsyncEnumerable<ReferentialResult> CheckReferencesAsync(
        DataRequest request, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var work in OpenAsync(request, cancellationToken).ConfigureAwait(false))
        {
            var question = new ReferentialRequest
            {
                System = work.System,
                Side = EndpointSide.Target,
                Database = work.Target,
                Schema = work.Layout.TargetNow,
                Pairs = work.Layout.AllPairs,
                WithoutPlace = [.. work.Layout.WithoutPlace],
                Tables = [.. work.Pairs.Select(pair => pair.Target.Name)],
            };
            await foreach (var result in _referential.CheckAsync(question, observer, cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
    }

    public async IAsyncEnumerable<BusinessRuleResult> CheckRulesAsync(
        DataRequest request, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (systems, spec) = await SystemsAsync(request, cancellationToken).ConfigureAwait(false);
        if (spec is null)
        {
            throw new InvalidRequestException("Business rules stand in a spec: give a spec or a run, not two endpoints.");
        }

        var rules = spec.Validation.Rules.Where(rule => systems.Any(system => system.Name == rule.System)).ToList();
        await foreach (var result in _rules.CheckAsync(new BusinessRuleRequest { Rules = rules, Systems = systems }, observer, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    public async IAsyncEnumerable<ColumnQualityResult> MeasureQualityAsync(
        DataRequest request, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var work in OpenAsync(request, cancellationToken).ConfigureAwait(false))
        {
            await foreach (var result in _quality.MeasureAsync(work.TwoSided(), observer, cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
    }

    public async IAsyncEnumerable<CheckResult> CheckIntegrityAsync(
        DataRequest request, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (_, spec) = await SystemsAsync(request, cancellationToken).ConfigureAwait(false);
        spec ??= new MigrationSpec { Id = "ad-hoc", Name = "two endpoints", Systems = [], Directory = Environment.CurrentDirectory, Hash = "" };
        await foreach (var work in OpenAsync(request, cancellationToken).ConfigureAwait(false))
        {
            await foreach (var item in Proof.ProveAsync(spec, work.Layout, work.Source, work.Target, observer, cancellationToken).ConfigureAwait(false))
            {
                yield return item.Check;
            }
        }
    }

    public async IAsyncEnumerable<TableCopyResult> CopyAsync(
        DataRequest request, CopySpec copy, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (systems, _) = await SystemsAsync(request, cancellationToken).ConfigureAwait(false);
        foreach (var system in systems)
        {
            var direct = new DirectCopy(catalog, layouts, copier, Path.Combine(workDirectory, "copies", "rejected"));
            await foreach (var result in direct.CopyAsync(Narrow(system, request) with { Copy = copy }, observer, cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
    }

    /// <summary>The system with only the tables that the request asks for: a table that is not copied is not made either.</summary>
    private static DatabaseSystemSpec Narrow(DatabaseSystemSpec system, DataRequest request)
    {
        bool IsAskedFor(TableMapSpec map) =>
            (request.Tables.Count == 0 || request.Tables.Any(pattern => IsNamed(pattern, map))) && !request.Exclude.Any(pattern => IsNamed(pattern, map));
        if (request.Tables.Count > 0 && system.Include is not ["*"])
        {
            throw new InvalidRequestException($"System '{system.Name}' says itself which tables it includes: leave the choice of tables out, or change the spec's 'include'.");
        }

        return system with
        {
            Include = request.Tables.Count > 0 ? request.Tables : system.Include,
            Exclude = [.. system.Exclude, .. request.Exclude, .. system.Map.Where(map => !IsAskedFor(map)).Select(map => map.Table).OfType<string>()],
            Map = [.. system.Map.Where(IsAskedFor)],
        };
    }

    private static bool IsAskedFor(DataRequest request, TableName table) =>
        (request.Tables.Count == 0 || request.Tables.Any(pattern => TablePairing.Matches(pattern, table))) && !request.Exclude.Any(pattern => TablePairing.Matches(pattern, table));

    private static bool IsNamed(string pattern, TableMapSpec map) =>
        TablePairing.Matches(pattern, TablePairing.ParseName(map.To)) || (map.Table is { } table && TablePairing.Matches(pattern, TablePairing.ParseName(table)));

    internal async IAsyncEnumerable<DataWork> OpenAsync(DataRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (systems, spec) = await SystemsAsync(request, cancellationToken).ConfigureAwait(false);
        request.Selection.RequireFor([.. systems.Select(system => system.Name)]);
        foreach (var system in systems)
        {
            if (request.Selection.IsQuery)
            {
                var left = catalog.Open(system.Source);
                await using var disposeLeft = left.ConfigureAwait(false);
                var right = catalog.Open(system.Target);
                await using var disposeRight = right.ConfigureAwait(false);
                yield return await OfQueriesAsync(request, system, left, right, cancellationToken).ConfigureAwait(false);
                yield break;
            }

            var whole = request.Selection.MapTables(system);
            var layout = await ResolveAsync(request, whole, cancellationToken).ConfigureAwait(false);
            if (layout.Pairing.Problems.Count > 0)
            {
                throw new InvalidRequestException(
                    $"{system.Source} and {system.Target} do not fit together:{Environment.NewLine}  - {string.Join($"{Environment.NewLine}  - ", layout.Pairing.Problems)}");
            }

            var pairs = new TableChoice(request, system, layout).Take(isOnlySystem: spec is null || spec.Databases.Count() == 1);

            var source = catalog.Open(system.Source);
            await using var disposeSource = source.ConfigureAwait(false);
            var target = catalog.Open(system.Target);
            await using var disposeTarget = target.ConfigureAwait(false);
            yield return new DataWork(
                system.Name,
                layout with
                {
                    System = whole,
                    Pairing = layout.Pairing with { Pairs = pairs },
                    AllPairs = TablePairing.Resolve(whole, layout.Source, layout.TargetNow, source.Dialect.Name).Pairs,
                },
                source,
                target);
        }
    }

    // Of two endpoints only the tables that are asked for must fit together; of a spec all, for the spec is wrong where they do not.
    private async Task<DatabaseLayout> ResolveAsync(DataRequest request, DatabaseSystemSpec system, CancellationToken cancellationToken)
    {
        if (request.Source is not null && (request.Tables.Count > 0 || request.Exclude.Count > 0))
        {
            var narrowed = await layouts.ResolveAsync(Narrow(system, request), cancellationToken).ConfigureAwait(false);
            if (narrowed.Pairs.Count > 0 || narrowed.Pairing.Problems.Count > 0)
            {
                return narrowed;
            }

            // Nothing is asked for that is there: what does not fit of the rest is not the answer to that.
            var whole = await layouts.ResolveAsync(system, cancellationToken).ConfigureAwait(false);
            return whole with { Pairing = whole.Pairing with { Problems = [] } };
        }

        return await layouts.ResolveAsync(system, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<DataWork> OfQueriesAsync(DataRequest request, DatabaseSystemSpec system, IDatabase source, IDatabase target, CancellationToken cancellationToken)
    {
        var pair = await QueryPair.ResolveAsync(source, target, request.Selection, cancellationToken).ConfigureAwait(false);
        var layout = new DatabaseLayout
        {
            System = system,
            Source = new DatabaseSchema(),
            TargetNow = new DatabaseSchema(),
            TargetPlanned = new DatabaseSchema(),
            Pairing = new PairingResult([pair], [], [], []),
        };
        return new DataWork(system.Name, layout, source, target);
    }

    internal async Task<(IReadOnlyList<DatabaseSystemSpec> Systems, MigrationSpec? Spec)> SystemsAsync(DataRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request is { Source: { } source, Target: { } target })
        {
            return ([new DatabaseSystemSpec { Name = "data", Source = source, Target = target }], null);
        }

        var spec = request.Spec
            ?? (request.RunId is { } runId
                ? await store.ReadSpecAsync(runId, cancellationToken).ConfigureAwait(false)
                : throw new InvalidRequestException("Say which databases: a spec, a run, or both a source and a target."));
        var systems = spec.Databases.Where(system => request.System is null || system.Name == request.System).ToList();
        return systems.Count > 0
            ? (systems, spec)
            : throw new InvalidRequestException(
                request.System is null
                    ? $"{spec.Path ?? spec.Id} has no database system."
                    : $"{spec.Path ?? spec.Id} has no database system '{request.System}'. It has: {string.Join(", ", spec.Databases.Select(system => system.Name))}.");
    }

    internal sealed record DataWork(string System, DatabaseLayout Layout, IDatabase Source, IDatabase Target)
    {
        public IReadOnlyList<TablePair> Pairs => Layout.Pairs;

        public TwoSidedRequest TwoSided() => new() { System = System, Source = Source, Target = Target, Pairs = Pairs };
    }
}
