using System.Globalization;

namespace MigrationTools.Engine.Runs;

/// <summary>
/// By what stores keep approvals in the order in which they were given: the moment, but after all that were given before, also where the clock was set back
/// since. Otherwise a person's earlier word would count as their last.
/// </summary>
public static class ApprovalMark
{
    private const string Form = "yyyyMMdd'T'HHmmss'.'fffffff";

    /// <summary>A mark that sorts, by its characters, after those that are there; those given at the same moment are told apart.</summary>
    /// <param name="now">By the clock.</param>
    /// <param name="marks">Those that are there, or names that begin with them.</param>
    public static string Next(DateTimeOffset now, IEnumerable<string> marks)
    {
        ArgumentNullException.ThrowIfNull(marks);
        var latest = marks.Select(MomentOf).Max();
        var moment = latest >= now.UtcDateTime ? latest.Value.AddTicks(1) : now.UtcDateTime;
        return $"{moment.ToString(Form, CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}";
    }

    private static DateTime? MomentOf(string mark) =>
        mark.Split('-')[0] is var moment && DateTime.TryParseExact(moment, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
