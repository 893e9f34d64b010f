using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Differences;
using MigrationTools.Databases.Comparison.Files;
using MigrationTools.Databases.Comparison.Repair;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Operations;
using Microsoft.Extensions.Logging;

namespace MigrationTools.Hosting;

/// <summary>Fills the files of a comparison while it runs, and finishes them after it.</summary>
internal sealed class ComparisonOutputs : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly DifferenceFile? _differences;
    private readonly RepairScript? _repair;
    private readonly OutputFile? _script;

    public ComparisonOutputs(ComparisonFiles files, TextRules rules, TimeProvider time)
    {
        _time = time;
        if (files.RepairScript is not null)
        {
            _script = new OutputFile("repair script", files.RepairScript);
            _script.RequireReplaceable();
            _script.RequireWritable();
            _repair = new RepairScript(rules: rules);
        }

        _differences = files.Differences is { } path ? DifferenceFiles.Create(path, time) : null;
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

    /// <summary>Finishes the files. That one can't be written keeps no other from being.</summary>
    /// <exception cref="OutputFileException">One could not be written; the first of them.</exception>
    public async Task CompleteAsync(
        DataOperations.DataWork work, IReadOnlyList<TableComparison> results, ComparisonOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        OutputFileException? failure = null;
        try
        {
            await CompleteDifferencesAsync(observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OutputFileException e)
        {
            failure = e;
        }

        await CompleteScriptAsync(work, results, options, observer, cancellationToken).ConfigureAwait(false);
        if (failure is not null)
        {
            throw failure;
        }
    }

    private async Task CompleteDifferencesAsync(IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (_differences is not null)
        {
            await _differences.CompleteAsync(cancellationToken).ConfigureAwait(false);
            observer.Logger.LogInformation("Differences are in {Path}", _differences.FilePath);
        }
    }

    private async Task CompleteScriptAsync(
        DataOperations.DataWork work, IReadOnlyList<TableComparison> results, ComparisonOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (_repair is null || _script is null)
        {
            return;
        }

        var header = new RepairHeader(_time.GetUtcNow()) { Tables = results, Sample = options.Sample };
        try
        {
            var summary = await _repair.WriteAsync(_script.Name, work.Source, work.Target, work.Pairs, work.Layout.TargetNow, header, cancellationToken).ConfigureAwait(false);
            observer.Logger.LogInformation(
                "The repair script {Path} has {Inserts} inserts, {Updates} updates and {Deletes} deletes. Read it before you run it", summary.Path, summary.Inserts, summary.Updates, summary.Deletes);
            foreach (var left in summary.NotCovered)
            {
                observer.Logger.LogWarning("Not mended by the repair script: {Left}", left);
            }
        }
        catch (InvalidRequestException e) when (e.InnerException is IOException or UnauthorizedAccessException)
        {
            // The call was right when it was made: what was compared stands, and only the script is not there.
            throw OutputFileException.Of(_script, e.InnerException, "What was compared stands. Make room or name another file, and compare again to have it.");
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
