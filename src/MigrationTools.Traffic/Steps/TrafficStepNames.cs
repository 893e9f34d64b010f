namespace MigrationTools.Traffic.Steps;

/// <summary>The verbs of steps that move traffic, and of what undoes them.</summary>
public static class TrafficStepNames
{
    public const string Shift = "traffic.shift";
    public const string Return = "traffic.return";
    public const string Mirror = "traffic.mirror";
    public const string Unmirror = "traffic.unmirror";
    public const string Drain = "traffic.drain";
    public const string Undrain = "traffic.undrain";
}
