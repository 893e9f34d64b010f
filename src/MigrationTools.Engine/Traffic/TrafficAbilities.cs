namespace MigrationTools.Engine.Traffic;

/// <summary>What a router can do besides sharing out requests.</summary>
[Flags]
public enum TrafficAbilities
{
    None = 0,

    /// <summary>It counts requests by member.</summary>
    Counts = 1,

    /// <summary>Single members can be drained and put back.</summary>
    Drains = 2,

    /// <summary>The target can get a copy of every request.</summary>
    Mirrors = 4,

    /// <summary>What it accepted takes effect some moments later, which it does not tell: requests may land by the old share meanwhile.</summary>
    Settles = 8,
}
