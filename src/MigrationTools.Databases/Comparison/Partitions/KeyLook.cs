namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>What is looked at to tell whether a column has one order.</summary>
internal enum KeyLook
{
    /// <summary>
    /// The schema. Enough for a worker: a value of another class that came since the plan was made may be reported as different where it is not, but never as
    /// equal; looking at all values in every partition would undo the split.
    /// </summary>
    Schema = 0,

    /// <summary>The schema and all values.</summary>
    Values,
}
