namespace MigrationTools.Engine.Strategies.Recommendation;

/// <summary>What is asked about a system before a strategy is recommended.</summary>
public enum FactKind
{
    /// <summary>How much data there is; the amount is in rows.</summary>
    DataSize = 0,

    /// <summary>How long copying takes by a measured rate; the amount is in seconds.</summary>
    CopyTime,

    /// <summary>Whether source and target fit together.</summary>
    SchemaFits,

    /// <summary>Whether the servers can keep the target in step themselves.</summary>
    Replicates,

    /// <summary>Whether the router answers.</summary>
    RouterAnswers,

    /// <summary>Whether the router can send a copy of every request to the target.</summary>
    RouterMirrors,

    /// <summary>Whether the router can drain single servers.</summary>
    RouterDrains,
}
