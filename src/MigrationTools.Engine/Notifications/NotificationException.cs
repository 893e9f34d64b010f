namespace MigrationTools.Engine.Notifications;

/// <summary>Somebody could not be told: which notification, what was tried, what was answered. Never holds a resolved address, nor the exception beneath, which would.</summary>
public sealed class NotificationException : MigrationToolsException
{
    public NotificationException(string message)
        : base(ErrorIds.NotificationFailed, message)
    {
    }
}
