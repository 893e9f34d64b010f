using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Specs.Notifications;

namespace MigrationTools.Engine.Notifications.Sending;

/// <summary>Runs a program that finds the message in variables.</summary>
internal sealed class CommandChannel(TimeProvider time)
{
    private readonly ProgramRunner _runner = new(time);

    public async Task<string> SendAsync(CommandNotificationSpec program, NotificationMessage message, string directory, CancellationToken cancellationToken)
    {
        var outcome = await _runner.RunAsync(
            new ProgramCall { Arguments = program.Command, Directory = directory, Timeout = program.Timeout, Environment = Variables(message) }, cancellationToken).ConfigureAwait(false);
        return outcome.Succeeded
            ? $"{Path.GetFileName(program.Command[0])} ended with exit code 0"
            : throw new NotificationException($"Notification '{program.Name}' was not sent: {ProgramFailure.Of(outcome, program.Command, program.Timeout).Message}");
    }

    private static Dictionary<string, string> Variables(NotificationMessage message) => new(StringComparer.Ordinal)
    {
        ["MIGRATIONTOOLS_EVENT"] = message.Event?.ToString() ?? "",
        ["MIGRATIONTOOLS_RUN"] = message.RunId ?? "",
        ["MIGRATIONTOOLS_SPEC"] = message.Spec,
        ["MIGRATIONTOOLS_STATUS"] = message.Status?.ToString() ?? "",
        ["MIGRATIONTOOLS_VERDICT"] = message.Verdict?.ToString() ?? "",
        ["MIGRATIONTOOLS_STEP"] = message.Step ?? "",
        // A variable can't hold the character that ends one.
        ["MIGRATIONTOOLS_MESSAGE"] = message.Message.Replace("\0", "", StringComparison.Ordinal),
    };
}
