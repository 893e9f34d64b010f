using MigrationTools.Engine;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Cli;

/// <summary>What the process tells whoever started it. Scripts depend on these numbers; none ever changes its meaning.</summary>
internal static class ExitCodes
{
    /// <summary>The verdict is Passed, or Waived: a person answers for it, and it is recorded who.</summary>
    public const int Passed = 0;

    /// <summary>The verdict is Failed: rows differ, not ready, a gate failed.</summary>
    public const int Failed = 1;

    /// <summary>The call or the spec is wrong; nothing was done.</summary>
    public const int WrongCall = 2;

    /// <summary>Error, Inconclusive or NotRun: it could not be verified.</summary>
    public const int NotVerified = 3;

    /// <summary>Cancelled: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Cancelled = 130;

    public static int Of(Verdict verdict) => verdict switch
    {
        Verdict.Passed or Verdict.Waived => Passed,
        Verdict.Failed => Failed,
        _ => NotVerified,
    };

    /// <summary>The exit code of an error that ended the operation; one that is not known here could not be verified.</summary>
    public static int Of(string errorId) => errorId switch
    {
        ErrorIds.SpecInvalid or ErrorIds.EndpointInvalid or ErrorIds.SecretMissing or ErrorIds.InvalidRequest or ErrorIds.PlanImpossible
            or ErrorIds.RunNotFound or ErrorIds.RunOwned or ErrorIds.PlanChanged => WrongCall,
        ErrorIds.TooManyRejected or ErrorIds.RollbackWouldLoseData => Failed,
        ErrorIds.Cancelled => Cancelled,
        _ => NotVerified,
    };
}
