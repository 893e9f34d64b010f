using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Time;

namespace MigrationTools.Engine.Tests.Gates;

/// <summary>A source that says what the test says. The clock moves on by the window while it looks at the target.</summary>
internal sealed class FakeProbe(ManualTime time, Func<EndpointSide, int, MetricWindow> see, string metric = "api") : IMetricProbe
{
    private readonly Dictionary<EndpointSide, int> _looks = [];

    public string Metric { get; } = metric;

    public IReadOnlyList<EndpointSide> Sides { get; } = [EndpointSide.Source, EndpointSide.Target];

    public int Looks(EndpointSide side) => _looks.GetValueOrDefault(side);

    public Task<MetricWindow> MeasureAsync(EndpointSide side, TimeSpan window, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var number = _looks[side] = Looks(side) + 1;
        var from = time.GetUtcNow();
        if (side == EndpointSide.Target)
        {
            time.Advance(window);
        }

        try
        {
            return Task.FromResult(see(side, number) with { From = from, To = time.GetUtcNow() });
        }
        catch (MigrationToolsException broken)
        {
            return Task.FromException<MetricWindow>(broken);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
