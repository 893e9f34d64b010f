using System.Runtime.CompilerServices;
using System.Text.Json;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Partitions;
using MigrationTools.Engine;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Hosting.Partitions;

/// <summary>Comparisons that are split over machines: the plan, and one partition of it.</summary>
internal sealed class PartitionOperations(DataOperations data, Credentials? credentials, TimeProvider time)
{
    public async Task<ComparisonPlan> PlanAsync(
        DataRequest request, PartitionSizes sizes, ComparisonOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (systems, spec) = await data.SystemsAsync(request, cancellationToken).ConfigureAwait(false);
        var isSpec = spec is not null;
        var written = systems.Select(system => new PlannedSystem(isSpec ? system.Name : null, Written(system.Source), Written(system.Target))).ToList();
        return await new PartitionPlanner(time).PlanAsync(
            OpenAsync(Own(request), isSpec, cancellationToken), Origin(request, spec), written, sizes, ComparisonMeaning.Of(options), observer, cancellationToken).ConfigureAwait(false);
    }

    /// <param name="plan">The plan.</param>
    /// <param name="index">Which partition.</param>
    /// <param name="run">How.</param>
    /// <param name="spec">The plan's spec where it was found elsewhere than the plan says; null where it lies there, or there is none.</param>
    /// <param name="observer">Told of the progress.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PartitionOutcome> CompareAsync(
        ComparisonPlan plan, int index, PartitionRun run, MigrationSpec? spec, IOperationObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var partition = plan.Partition(index);
        var names = partition.Parts.Select(part => part.System).Distinct().ToList();
        var request = await RequestAsync(plan, spec, cancellationToken).ConfigureAwait(false);
        var systems = OpenAsync(names.Select(name => request with { System = name }), plan.Origin.SpecHash is not null, cancellationToken);
        return await new PartitionComparer(time).CompareAsync(plan, index, systems, run, observer, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DataRequest> RequestAsync(ComparisonPlan plan, MigrationSpec? spec, CancellationToken cancellationToken)
    {
        var origin = plan.Origin;
        var asked = new DataRequest
        {
            Tables = origin.Tables,
            Exclude = origin.Exclude,
            Selection = origin.Selection?.Deserialize<DataSelection>(MigrationJson.Line) ?? new DataSelection(),
        };
        if (origin.SpecHash is null)
        {
            if (spec is not null)
            {
                throw new InvalidRequestException("The plan was made of two endpoints: it takes no spec.");
            }

            var only = plan.Systems[0];
            var directory = origin.BaseDirectory ?? Environment.CurrentDirectory;
            return asked with { Source = Endpoint.Parse(only.Source, directory), Target = Endpoint.Parse(only.Target, directory) };
        }

        var read = spec ?? await ReadAsync(origin, cancellationToken).ConfigureAwait(false);
        return read.Hash == origin.SpecHash
            ? asked with { Spec = read }
            : throw new PlanException(ErrorIds.PlanChanged, $"{read.Path ?? read.Id} is not the spec that the plan was made of: its text has changed. Nothing was compared. Make the plan again, and run all of its partitions.");
    }

    private async Task<MigrationSpec> ReadAsync(PlanOrigin origin, CancellationToken cancellationToken)
    {
        if (origin.RunId is { } run)
        {
            return (await data.SystemsAsync(new DataRequest { RunId = run }, cancellationToken).ConfigureAwait(false)).Spec!;
        }

        return File.Exists(origin.SpecPath)
            ? new Engine.Specs.Reading.SpecReader().Read(origin.SpecPath)
            : throw new InvalidRequestException($"{origin.SpecPath}: there is no such file, and the plan was made of this spec. Name the place where it lies on this machine.");
    }

    private IAsyncEnumerable<PlannableSystem> OpenAsync(DataRequest request, bool named, CancellationToken cancellationToken) => OpenAsync([request], named, cancellationToken);

    private async IAsyncEnumerable<PlannableSystem> OpenAsync(IEnumerable<DataRequest> requests, bool named, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var request in requests)
        {
            await foreach (var work in data.OpenAsync(Own(request), cancellationToken).ConfigureAwait(false))
            {
                yield return new PlannableSystem(named ? work.System : null, work.Source, work.Target, work.Pairs);
            }
        }
    }

    private DataRequest Own(DataRequest request) => credentials?.Apply(request) ?? request;

    private static PlanOrigin Origin(DataRequest request, MigrationSpec? spec)
    {
        var origin = new PlanOrigin
        {
            SpecHash = spec?.Hash,
            Tables = request.Tables,
            Exclude = request.Exclude,
            Selection = JsonSerializer.SerializeToElement(request.Selection, MigrationJson.Line),
        };
        if (spec is null)
        {
            return origin with { BaseDirectory = request.Source!.BaseDirectory };
        }

        if (request.RunId is { } run)
        {
            return origin with { RunId = run };
        }

        return spec.Path is { } path
            ? origin with { SpecPath = Path.GetFullPath(path) }
            : throw new InvalidRequestException("The spec has no file: a worker could not read it again. Write it to one, and plan from there.");
    }

    /// <summary>The endpoint's own text: where it holds no secret, nothing is taken out of its redacted form.</summary>
    private static string Written(Endpoint endpoint) => endpoint.HoldsLiteralSecret
        ? throw new EndpointException($"{endpoint.Redacted}: a secret is written out in it, and a plan is a file that goes from machine to machine. Write ${{env:NAME}} or ${{file:path}} in its place.")
        : endpoint.Redacted;
}
