using Microsoft.Extensions.Logging;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Tests.Gates;
using MigrationTools.Engine.Tests.Metrics;
using MigrationTools.Engine.Triggers;
using MigrationTools.Tests.Time;

namespace MigrationTools.Engine.Tests.Triggers;

/// <summary>A guard that stops watching is worse than none, for everybody relies on it: whatever ends its watch is an alarm.</summary>
public sealed class TriggerGuardTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(System.Text.Json.JsonException))]
    [InlineData(typeof(OverflowException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task A_source_that_breaks_in_a_way_that_nobody_foresaw_is_an_error_and_no_end_of_the_watch(Type broken)
    {
        var alarm = await AlarmAsync((_, _) => throw (Exception)Activator.CreateInstance(broken, "the charset is 'nonsense'")!, SilentObserver.Instance);

        alarm.Verdict.ShouldBe(Verdict.Error);
        alarm.Message.ShouldContain("they can't be watched any more: api (canary)");
        alarm.Message.ShouldContain(broken.Name);
        alarm.Message.ShouldContain("the charset is 'nonsense'");
    }

    [Fact]
    public async Task A_watch_that_breaks_itself_raises_an_alarm()
    {
        var alarm = await AlarmAsync((side, _) => Windows.Steady(side, 100), new BrokenObserver());

        alarm.Verdict.ShouldBe(Verdict.Error);
        alarm.Message.ShouldContain("the log is full");
    }

    private async Task<RunAlarm> AlarmAsync(Func<EndpointSide, int, MetricWindow> see, IOperationObserver observer)
    {
        var spec = Sample.Spec() with { Metrics = [Windows.Api], Rollback = new RollbackSpec { Triggers = ["error_rate > 5%"] } };
        var step = new PlanStep
        {
            Id = "01-traffic.shift",
            ParentHash = "",
            Hash = "",
            Phase = "canary",
            System = "front",
            Action = new StepAction("traffic.shift", "25 % to green"),
            Estimate = new StepEstimate(null, "none"),
        };
        await using var guard = new TriggerGuard(new MetricSources([new FakeSource(new FakeProbe(_time, see))]), _time).Begin(spec, step, observer).ShouldNotBeNull();
        var raised = new TaskCompletionSource();
        await using var told = guard.Raised.Register(raised.SetResult);

        await raised.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        return guard.Alarm.ShouldNotBeNull();
    }

    private sealed class FakeSource(IMetricProbe probe) : IMetricSource
    {
        public bool Serves(MetricSpec metric) => true;

        public IMetricProbe Open(MetricSpec metric, MigrationSpec spec) => probe;
    }

    /// <summary>Fails when it is told of a look.</summary>
    private sealed class BrokenObserver : IOperationObserver, ILogger
    {
        public ILogger Logger => this;

        public void Report(Progress progress)
        {
        }

        public ValueTask<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) => ValueTask.FromResult(false);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Debug)
            {
                throw new IOException("the log is full");
            }
        }
    }
}
