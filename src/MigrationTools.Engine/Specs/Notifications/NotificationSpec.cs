namespace MigrationTools.Engine.Specs.Notifications;

/// <summary>Who is told what of a run. One a subclass.</summary>
public abstract record NotificationSpec
{
    /// <summary>Its key under <c>notify:</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is sent at; empty for everything.</summary>
    public IReadOnlyList<NotificationEvent> On { get; init; } = [];
}
