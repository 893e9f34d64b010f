using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Notifications;

namespace MigrationTools.Engine.Notifications;

/// <summary>
/// Sends what one run has to say, beside it. Every receiver has a queue of its own, so that each hears things in their order and one that does not answer
/// keeps nobody else waiting; a queue that is full loses what comes next, and that is counted.
/// </summary>
internal sealed class RunAnnouncer : IAsyncDisposable
{
    private const int QueueLength = 100;

    private readonly NotificationSender _sender;
    private readonly MigrationSpec _spec;
    private readonly TimeSpan _farewell;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly List<(NotificationSpec Who, Channel<NotificationMessage> Queue, Task Sending)> _receivers = [];
    private volatile ILogger _logger = NullLogger.Instance;
    private long _queued;
    private long _sent;
    private long _lost;
    private bool _heard;
    private bool _closed;

    public RunAnnouncer(NotificationSender sender, MigrationSpec spec, TimeSpan farewell, TimeProvider time)
    {
        (_sender, _spec, _farewell, _time) = (sender, spec, farewell, time);
        foreach (var who in spec.Notify)
        {
            var queue = Channel.CreateBounded<NotificationMessage>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
            _receivers.Add((who, queue, Task.Run(() => SendAllAsync(who, queue.Reader))));
        }
    }

    public ILogger Logger
    {
        set => _logger = value;
    }

    /// <summary>Queues what an entry means for those who want to hear it; after a run's end it waits for what is still to be sent.</summary>
    public async ValueTask HearAsync(RunHandle run, JournalEntry entry)
    {
        var isFirst = !_heard;
        _heard = true;
        if (JournalMessages.Of(run, entry, isFirst) is { } told)
        {
            foreach (var (who, queue, _) in _receivers)
            {
                // Told as what they asked to hear: a gate that failed is a gate to those who listen to gates alone.
                var events = told.Events.Where(what => who.On.Count == 0 || who.On.Contains(what)).ToList();
                if (events.Count > 0)
                {
                    Queue(who, queue.Writer, told.Message with { Event = events[0], SpecName = told.Message.SpecName ?? _spec.Name });
                }
            }
        }

        if (entry.Kind == JournalKinds.RunEnded)
        {
            await EndAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        _ending.Dispose();
    }

    private void Queue(NotificationSpec who, ChannelWriter<NotificationMessage> queue, NotificationMessage message)
    {
        Interlocked.Increment(ref _queued);
        if (!queue.TryWrite(message))
        {
            Interlocked.Increment(ref _lost);
            _logger.LogWarning("Notification '{Name}' of {Event} was not sent: {Count} others wait to be sent to it", who.Name, message.Event, QueueLength);
        }
    }

    private async Task SendAllAsync(NotificationSpec who, ChannelReader<NotificationMessage> queue)
    {
        await foreach (var message in queue.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            // What can't be sent any more is counted at the end.
            if (_ending.IsCancellationRequested)
            {
                return;
            }

            await SendAsync(who, message).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(NotificationSpec who, NotificationMessage message)
    {
        try
        {
            var result = await _sender.TrySendAsync(who, message, _spec.Directory, _ending.Token).ConfigureAwait(false);
            if (result.Verdict == Verdict.Passed)
            {
                Interlocked.Increment(ref _sent);
                _logger.LogDebug("Notification '{Name}' of {Event} was sent: {Answer}", who.Name, message.Event, result.Message);
                return;
            }

            Interlocked.Increment(ref _lost);
            _logger.LogWarning("{Event}: {Problem}", message.Event, result.Message);
        }
        catch (OperationCanceledException)
        {
            // The run's end did not wait any longer; counted there.
        }
#pragma warning disable CA1031 // The edge: a mistake in sending must not end a run, nor the sending of what comes next.
        catch (Exception mistake)
#pragma warning restore CA1031
        {
            Interlocked.Increment(ref _lost);
            _logger.LogWarning("Notification '{Name}' of {Event} was not sent: a mistake in this program ({Kind})", who.Name, message.Event, mistake.GetType().Name);
        }
    }

    private async Task EndAsync()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        foreach (var (_, queue, _) in _receivers)
        {
            queue.Writer.TryComplete();
        }

        var all = Task.WhenAll(_receivers.Select(receiver => receiver.Sending));
        try
        {
            await all.WaitAsync(_farewell, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await _ending.CancelAsync().ConfigureAwait(false);
            await all.ConfigureAwait(false);
        }

        var unsent = _queued - _sent - _lost;
        var failed = _lost + unsent;
        if (failed > 0)
        {
            _logger.LogWarning("Notifications: {Sent} of {All} were sent, {Failed} were not ({Unsent} of them because the run's end did not wait longer)", _sent, _queued, failed, unsent);
        }
        else
        {
            _logger.LogInformation("Notifications: all {Sent} were sent", _sent);
        }
    }
}
