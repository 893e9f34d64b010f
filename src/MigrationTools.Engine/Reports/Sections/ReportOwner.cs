namespace MigrationTools.Engine.Reports.Sections;

/// <summary>A process that had the run.</summary>
/// <param name="Epoch">Counted up by each new owner.</param>
/// <param name="At">When it took the run.</param>
/// <param name="Process">Its id and host as it wrote them; null where it did not.</param>
/// <param name="Host">Its machine.</param>
/// <param name="TornBytes">Bytes of a line cut off by the death of the owner before, which it removed.</param>
/// <param name="Entries">How many entries it wrote.</param>
public sealed record ReportOwner(long Epoch, DateTimeOffset At, string? Process, string? Host, long TornBytes, int Entries);
