namespace MigrationTools.Engine.Operations;

/// <summary>How far an activity is, in numbers that were counted.</summary>
/// <param name="Activity">Stable name of the activity, such as <c>copy orders</c>.</param>
/// <param name="Done">Units done so far.</param>
/// <param name="Total">Units in all, where known.</param>
/// <param name="Unit">rows, bytes, tables, steps …</param>
public sealed record Progress(string Activity, long Done, long? Total, string Unit)
{
    /// <summary>The activity that this one is part of.</summary>
    public string? Parent { get; init; }

    /// <summary>True in the last report of the activity.</summary>
    public bool Completed { get; init; }
}
