namespace MigrationTools.Traffic.Units;

/// <summary>The verbs of steps that upgrade a server in place.</summary>
public static class UnitStepNames
{
    public const string Upgrade = "unit.upgrade";
    public const string Downgrade = "unit.downgrade";
    public const string Verify = "unit.verify";
}
