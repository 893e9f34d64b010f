using System.Management.Automation;
using MigrationTools.Engine;
using MigrationTools.Hosting.FrontEnds;
using MigrationTools.Internal;

namespace MigrationTools.Commands;

/// <summary>
/// A cmdlet over an asynchronous operation: the operation runs on the thread pool, and all that it has to say reaches PowerShell on the
/// pipeline's thread, with back-pressure. Stopping cancels the operation and waits for its end, so that nothing is left unjournalled.
/// </summary>
public abstract class AsyncCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether the operation goes on behind the prompt.</summary>
    private protected virtual bool RunsAsJob => false;

    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>
    /// Takes down on the pipeline's thread what an operation needs, and runs it. A job is still at work when the next input is bound and the location
    /// has changed: what it reads of its command then is another's.
    /// </summary>
    private protected void Run<TInput>(object? target, Func<TInput> input, Func<CommandPipe, TInput, CancellationToken, Task> operation)
    {
        TInput given;
        try
        {
            given = input();
        }
        catch (MigrationToolsException error)
        {
            WriteError(ErrorRecords.Of(error, target));
            return;
        }

        Run(target, (pipe, token) => operation(pipe, given, token));
    }

    /// <summary>Runs an operation to its end. An error of the engine is written as an error record about <paramref name="target"/>; the next input goes on.</summary>
    private protected void Run(object? target, Func<CommandPipe, CancellationToken, Task> operation)
    {
        if (RunsAsJob)
        {
            var job = new MigrationJob(MyInvocation, target, operation);
            JobRepository.Add(job);
            job.Start();
            WriteObject(job);
            return;
        }

        _ = RunHere(target, operation);
    }

    /// <summary>The same in front of the prompt, also for a job: what must be known before it begins. False where an error was written.</summary>
    private protected bool RunHere(object? target, Func<CommandPipe, CancellationToken, Task> operation)
    {
        using var pump = new PipelinePump();
        Exception? failure = null;
        var pipe = new CommandPipe(value => pump.Post(() => WriteObject(value)), FrontEndObserver.Over(new CommandFrontEnd(this, pump)));
        _ = Task.Run(async () =>
        {
            try
            {
                await operation(pipe, _stop.Token).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                failure = e;
            }
            finally
            {
                pump.Complete();
            }
        });

        // It returns when the operation has ended, not before.
        var broken = pump.Run(_stop.Cancel);
        switch (failure)
        {
            case null when broken is null:
                return true;
            case MigrationToolsException error:
                WriteError(ErrorRecords.Of(error, target));
                return false;
            case OperationCanceledException when broken is not null || _stop.IsCancellationRequested:
                throw broken as PipelineStoppedException ?? new PipelineStoppedException();
            default:
                throw new InvalidOperationException((broken ?? failure)!.Message, broken ?? failure);
        }
    }

    /// <summary>Absolute path of a path as the user wrote it, from PowerShell's location (not the process's).</summary>
    private protected string Resolve(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    private protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }
}
