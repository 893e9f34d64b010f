using System.Management.Automation;
using MigrationTools.Commands;
using MigrationTools.Engine;
using MigrationTools.Hosting.FrontEnds;

namespace MigrationTools.Internal;

/// <summary>
/// An operation behind the prompt, for -AsJob. Stopping it cancels the operation and waits for its end, as Ctrl+C does at the prompt, so that a step under way is
/// ended or journalled when Stop-Job returns.
/// </summary>
internal sealed class MigrationJob : Job
{
    private readonly CancellationTokenSource _stop = new();
    private readonly object? _target;
    private readonly Func<CommandPipe, CancellationToken, Task> _operation;
    private Task _work = Task.CompletedTask;

    public MigrationJob(InvocationInfo invocation, object? target, Func<CommandPipe, CancellationToken, Task> operation)
        : base(invocation.Line.Trim(), invocation.MyCommand.Name)
    {
        PSJobTypeName = "MigrationJob";
        _target = target;
        _operation = operation;
    }

    public override bool HasMoreData => Output.Count + Error.Count + Warning.Count + Verbose.Count + Information.Count + Debug.Count + Progress.Count > 0;

    public override string Location => Environment.MachineName;

    public override string StatusMessage => JobStateInfo.State.ToString();

    private bool HasEnded => JobStateInfo.State is JobState.NotStarted or JobState.Completed or JobState.Failed or JobState.Stopped;

    public void Start()
    {
        SetJobState(JobState.Running);
        _work = Task.Run(RunAsync);
    }

    public override void StopJob()
    {
        // Whoever hears that it has ended may dispose it on the very thread that told it: that thread must not wait for itself.
        if (!HasEnded)
        {
            SetJobState(JobState.Stopping);
            _stop.Cancel();
            ((IAsyncResult)_work).AsyncWaitHandle.WaitOne();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopJob();
            _stop.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task RunAsync()
    {
        var state = JobState.Completed;
        try
        {
            await _operation(new CommandPipe(value => Output.Add(PSObject.AsPSObject(value)), FrontEndObserver.Over(new JobFrontEnd(this))), _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            state = JobState.Stopped;
        }
        catch (MigrationToolsException error)
        {
            Error.Add(ErrorRecords.Of(error, _target));
            state = JobState.Failed;
        }
        catch (Exception error)
        {
            // The edge: nobody waits on this task who could be told otherwise.
            Error.Add(new ErrorRecord(error, "Unexpected", ErrorCategory.NotSpecified, _target));
            state = JobState.Failed;
        }

        EndStreams();
        SetJobState(state);
    }

    private void EndStreams()
    {
        Output.Complete();
        Error.Complete();
        Warning.Complete();
        Verbose.Complete();
        Information.Complete();
        Debug.Complete();
        Progress.Complete();
    }
}
