namespace MigrationTools.Cli;

/// <summary>
/// The wish to stop, from Ctrl+C or a signal. The first one cancels, and then the operation is waited for: a step under way must end or be
/// journalled. Every further one only tells what is being waited for.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Lock _lock = new();
    private Action<int>? _listener;
    private int _count;

    public CancellationToken Token => _source.Token;

    /// <summary>Called by whoever hears the signal, on any thread.</summary>
    public void Signal()
    {
        lock (_lock)
        {
            _count++;
            // Said before it is cancelled, for the operation's last words come after.
            _listener?.Invoke(_count);
        }

        _source.Cancel();
    }

    /// <summary>Has the listener told of every signal with its number, from 1, until what is returned is disposed.</summary>
    public IDisposable Listen(Action<int> listener)
    {
        lock (_lock)
        {
            _listener = listener;
        }

        return new Listening(this);
    }

    public void Dispose() => _source.Dispose();

    private sealed class Listening(Interruption interruption) : IDisposable
    {
        public void Dispose()
        {
            lock (interruption._lock)
            {
                interruption._listener = null;
            }
        }
    }
}
