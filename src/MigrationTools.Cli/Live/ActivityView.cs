using MigrationTools.Engine.Operations;

namespace MigrationTools.Cli.Live;

/// <summary>An activity as it stands at one moment.</summary>
/// <param name="Progress">Its latest report.</param>
/// <param name="Depth">How many activities it is part of.</param>
/// <param name="Elapsed">Since its first report.</param>
/// <param name="Rate">Units a second over the last seconds; null while too little was seen.</param>
/// <param name="TimeLeft">At that rate; null where it can't be told.</param>
internal sealed record ActivityView(Progress Progress, int Depth, TimeSpan Elapsed, double? Rate, TimeSpan? TimeLeft);
