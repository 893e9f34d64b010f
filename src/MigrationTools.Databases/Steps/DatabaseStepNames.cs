namespace MigrationTools.Databases.Steps;

/// <summary>The verbs of database steps and of what undoes them.</summary>
public static class DatabaseStepNames
{
    public const string Capture = "database.capture";
    public const string VerifyRestored = "database.verifyRestored";
    public const string Fence = "database.fence";
    public const string LiftFence = "database.liftFence";
    public const string CreateSchema = "database.createSchema";
    public const string DropCreated = "database.dropCreated";
    public const string SuspendConstraints = "database.suspendConstraints";
    public const string RestoreConstraints = "database.restoreConstraints";
    public const string Copy = "database.copy";
    public const string FinishLoad = "database.finishLoad";
    public const string RemoveCopied = "database.removeCopied";
    public const string CatchUp = "database.catchUp";
    public const string Compare = "database.compare";
    public const string CutOver = "database.cutOver";
    public const string ReturnToSource = "database.returnToSource";
    public const string CountTarget = "database.countTarget";
    public const string DropSource = "database.dropSource";
    public const string RequireSource = "database.requireSource";
    public const string Publish = "database.publish";
    public const string Unpublish = "database.unpublish";
    public const string Subscribe = "database.subscribe";
    public const string EndSubscription = "database.endSubscription";
    public const string AwaitSync = "database.awaitSync";
    public const string AwaitLag = "database.awaitLag";
    public const string AdvanceSequences = "database.advanceSequences";
    public const string RestoreSequences = "database.restoreSequences";
    public const string Unsubscribe = "database.unsubscribe";
}
