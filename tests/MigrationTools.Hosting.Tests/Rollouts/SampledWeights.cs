using MigrationTools.Engine.Runs;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>Looks at a router's weights all the time, past the code under test.</summary>
internal sealed class SampledWeights : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Stage> _stages = [];
    private readonly Task _looking;

    public SampledWeights(ShopFront shop) => _looking = LookAsync(shop);

    /// <summary>Ends it.</summary>
    /// <returns>Each share with the first and last moment at which it was seen; between two sets of weights there is a moment that is no share.</returns>
    public async Task<IReadOnlyList<Stage>> EndAsync()
    {
        await _stop.CancelAsync();
        await _looking;
        return _stages;
    }

    /// <summary>Waits until the new side was seen with a share.</summary>
    public async Task UntilAsync(int green, Task<RunState> running)
    {
        while (!Seen(green))
        {
            if (running.IsCompleted)
            {
                throw new InvalidOperationException($"The run ended before its weight was {green}: {(await running).Message}");
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until the new side's share is this one as it was last seen.</summary>
    public async Task UntilItStandsAsync(int green)
    {
        while (Last() != green)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stop.Dispose();
    }

    private bool Seen(int green)
    {
        lock (_stages)
        {
            return _stages.Exists(stage => stage.Green == green);
        }
    }

    private int? Last()
    {
        lock (_stages)
        {
            return _stages.Count > 0 ? _stages[^1].Green : null;
        }
    }

    private async Task LookAsync(ShopFront shop)
    {
        while (!_stop.IsCancellationRequested)
        {
            var asked = DateTimeOffset.UtcNow;
            var (blue, green) = await shop.WeightsAsync();
            if (blue + green == 100)
            {
                lock (_stages)
                {
                    // What was answered now stood at some moment since it was asked.
                    if (_stages.Count > 0 && _stages[^1].Green == green)
                    {
                        _stages[^1] = _stages[^1] with { To = asked };
                    }
                    else
                    {
                        _stages.Add(new Stage(green, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow));
                    }
                }
            }

            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>A share as it was seen.</summary>
    internal sealed record Stage(int Green, DateTimeOffset From, DateTimeOffset To);
}
