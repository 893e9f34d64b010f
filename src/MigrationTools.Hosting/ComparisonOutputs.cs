using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Differences;
using MigrationTools.Databases.Comparison.Repair;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Operations;
using Microsoft.Extensions.Logging;

namespace MigrationTools.Hosting;

/// <summary>Fills the files of a comparison while it runs, and finishes them after it.</summary>
internal sealed class ComparisonOutputs : IAsyncDisposable
{
    private readonly ComparisonFiles _files;
    private readonly TimeProvider _time;
    private readonly DifferenceFile? _differences;
    private readonly RepairScript? _repair;

    public ComparisonOutputs(ComparisonFiles files, TimeProvider time)
    {
        _files = files;
        _time = time;
        _differences = files.Differences is { } path ? DifferenceFiles.Create(path, time) : null;
        _repair = files.RepairScript is null ? null : new RepairScript();
    }

    /// <summary>Looks at the paths of the files before anything is read for them.</summary>
    /// <exception cref="MigrationTools.Engine.InvalidRequestException">At one of them is something that is not a file.</exception>
    public static void RequireWritable(IEnumerable<ComparisonFiles> files)
    {
        foreach (var script in files.Select(file => file.RepairScript).OfType<string>())
        {
            RepairScript.RequireWritable(script);
        }
    }

    /// <summary>Who is told of differences; null where nobody is.</summary>
    public IDifferenceSink? Join(IDifferenceSink? other)
    {
        IDifferenceSink[] sinks = [.. new IDifferenceSink?[] { other, _differences, _repair }.OfType<IDifferenceSink>()];
        return sinks.Length switch
        {
            0 => null,
            1 => sinks[0],
            _ => new Several(sinks),
        };
    }

    public async Task CompleteAsync(
        DataOperations.DataWork work, IReadOnlyList<TableComparison> results, ComparisonOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (_differences is not null)
        {
            await _differences.CompleteAsync(cancellationToken).ConfigureAwait(false);
            observer.Logger.LogInformation("Differences are in {Path}", _differences.FilePath);
        }

        if (_repair is null)
        {
            return;
        }

        var header = new RepairHeader(_time.GetUtcNow()) { Tables = results, Sample = options.Sample };
        var summary = await _repair.WriteAsync(_files.RepairScript!, work.Source, work.Target, work.Pairs, work.Layout.TargetNow, header, cancellationToken).ConfigureAwait(false);
        observer.Logger.LogInformation(
            "The repair script {Path} has {Inserts} inserts, {Updates} updates and {Deletes} deletes. Read it before you run it", summary.Path, summary.Inserts, summary.Updates, summary.Deletes);
        foreach (var left in summary.NotCovered)
        {
            observer.Logger.LogWarning("Not mended by the repair script: {Left}", left);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _repair?.Dispose();
        if (_differences is not null)
        {
            await _differences.DisposeAsync().ConfigureAwait(false);
        }
    }

    private sealed class Several(IDifferenceSink[] sinks) : IDifferenceSink
    {
        public void Add(TablePair pair, RowDifference difference) => Array.ForEach(sinks, sink => sink.Add(pair, difference));
    }
}
