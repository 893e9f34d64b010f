namespace MigrationTools.Engine.Strategies;

/// <summary>What can be done with a system. Strategies put verbs in order; adapters make steps of them.</summary>
public enum Verb
{
    /// <summary>Take down what is there now, so that a rollback can be held against it.</summary>
    Capture = 0,

    /// <summary>Keep writers out of the source.</summary>
    Fence,

    /// <summary>Make room in the target: schema, without touching what is there.</summary>
    Expand,

    /// <summary>Bring the data over.</summary>
    Copy,

    /// <summary>Keep the target in step with the source.</summary>
    Replicate,

    /// <summary>Prove that both sides hold the same.</summary>
    Compare,

    /// <summary>Send the same input to both sides.</summary>
    Mirror,

    /// <summary>Move a share of the traffic.</summary>
    Shift,

    /// <summary>Make the target the one that counts.</summary>
    CutOver,

    /// <summary>Remove the old side: destructive.</summary>
    Contract,
}
