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

    /// <summary>Keep the target in step with the source while it is written to.</summary>
    Replicate,

    /// <summary>Bring the target to where the source stands now, after writes that were not replicated.</summary>
    CatchUp,

    /// <summary>Prove that both sides hold the same.</summary>
    Compare,

    /// <summary>See that the new side is well and answers.</summary>
    Verify,

    /// <summary>Send the same input to both sides.</summary>
    Mirror,

    /// <summary>End it.</summary>
    Unmirror,

    /// <summary>Move a share of the traffic.</summary>
    Shift,

    /// <summary>Let a unit end what it has, and give it nothing new.</summary>
    Drain,

    /// <summary>Bring a unit to the new version.</summary>
    Upgrade,

    /// <summary>Give a unit its share again.</summary>
    Undrain,

    /// <summary>Make the target the one that counts.</summary>
    CutOver,

    /// <summary>Remove the old side: destructive.</summary>
    Contract,
}
