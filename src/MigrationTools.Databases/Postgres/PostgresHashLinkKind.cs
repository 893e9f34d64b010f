namespace MigrationTools.Databases.Postgres;

/// <summary>What is done to a row's hash so far.</summary>
internal enum PostgresHashLinkKind
{
    /// <summary>It is the seed of a column's own hash function.</summary>
    Hash,

    /// <summary>A whole number goes into it bit by bit.</summary>
    Fold,

    /// <summary>A number drawn for the column goes into it, so that it changes even where the column's function then does not change it.</summary>
    Step,

    /// <summary>It is the seed of a hash of nothing.</summary>
    Mix,
}
