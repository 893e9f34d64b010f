using System.Management.Automation;
using MigrationTools.Engine;

namespace MigrationTools.Internal;

/// <summary>Turns the engine's errors into error records with their stable id and a true category.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord Of(MigrationToolsException error, object? target)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new ErrorRecord(error, error.ErrorId, CategoryOf(error.ErrorId), target);
    }

    private static ErrorCategory CategoryOf(string errorId) => errorId switch
    {
        ErrorIds.SpecInvalid => ErrorCategory.ParserError,
        ErrorIds.EndpointInvalid or ErrorIds.InvalidRequest or ErrorIds.PlanImpossible => ErrorCategory.InvalidArgument,
        ErrorIds.SecretMissing or ErrorIds.RunNotFound => ErrorCategory.ObjectNotFound,
        ErrorIds.RunOwned or ErrorIds.RunOvertaken => ErrorCategory.ResourceBusy,
        ErrorIds.JournalCorrupt or ErrorIds.PlanChanged => ErrorCategory.SecurityError,
        ErrorIds.EndpointUnavailable or ErrorIds.TrafficError or ErrorIds.NotificationFailed => ErrorCategory.ConnectionError,
        ErrorIds.AuthenticationFailed => ErrorCategory.AuthenticationError,
        ErrorIds.DiskFull => ErrorCategory.LimitsExceeded,
        ErrorIds.ReadOnly => ErrorCategory.PermissionDenied,
        ErrorIds.TooManyRejected => ErrorCategory.InvalidData,
        ErrorIds.StepTimeout => ErrorCategory.OperationTimeout,
        ErrorIds.RollbackWouldLoseData or ErrorIds.RollbackFailed or ErrorIds.EffectUnknown => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.InvalidResult,
    };
}
