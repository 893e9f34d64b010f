using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Notifications;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs.Notifications;

namespace MigrationTools.Engine.Tests.Notifications;

/// <summary>What the tests tell, and by what.</summary>
internal static class Telling
{
    public static NotificationMessage Message { get; } = new("shop", "gate 'canary at 25 %' after step 07: p95 = 300 ms <limit> & *more*", new DateTimeOffset(2025, 3, 1, 10, 15, 0, TimeSpan.Zero))
    {
        SpecName = "Shöp 2 to 3",
        RunId = "shop-20250301-101500-a1b2",
        Event = NotificationEvent.Gate,
        Status = RunStatus.Running,
        Verdict = Verdict.Failed,
        Step = "07-watch",
    };

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static NotificationSender Sender(NotificationOptions? options = null) => new(
        new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }), TimeProvider.System, options ?? new NotificationOptions { Limit = TimeSpan.FromSeconds(60) });
}
