using System.Collections.Concurrent;

namespace MigrationTools.Internal;

/// <summary>
/// Carries what an operation on the thread pool has to say to the pipeline's thread, the only one that may speak to PowerShell. It holds few
/// items: an operation that streams faster than the pipeline takes waits.
/// </summary>
internal sealed class PipelinePump : IDisposable
{
    private readonly BlockingCollection<Action> _queue = new(boundedCapacity: 64);

    /// <summary>Queues an action for the pipeline's thread; waits while the queue is full. What comes after the end is dropped.</summary>
    public void Post(Action action)
    {
        try
        {
            _queue.Add(action);
        }
        catch (InvalidOperationException)
        {
            // The operation has ended, and a timer of its progress came late.
        }
    }

    /// <summary>Asks the pipeline's thread something.</summary>
    public async Task<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        Post(() =>
        {
            try
            {
                answer.TrySetResult(question());
            }
            catch (Exception e)
            {
                answer.TrySetException(e);
                throw;
            }
        });
        return await answer.Task;
    }

    /// <summary>No more will come.</summary>
    public void Complete() => _queue.CompleteAdding();

    /// <summary>Carries out what comes until <see cref="Complete"/>; on the pipeline's thread.</summary>
    /// <param name="onBroken">Called once when PowerShell stops the pipeline while an action runs; what comes after is taken and dropped, so that the operation can end.</param>
    /// <returns>What stopped it, or null.</returns>
    public Exception? Run(Action onBroken)
    {
        Exception? broken = null;
        foreach (var action in _queue.GetConsumingEnumerable())
        {
            if (broken is not null)
            {
                continue;
            }

            try
            {
                action();
            }
            catch (Exception e)
            {
                broken = e;
                onBroken();
            }
        }

        return broken;
    }

    public void Dispose() => _queue.Dispose();
}
