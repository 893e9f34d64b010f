using System.Text.Json;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Engine.Runs;

/// <summary>Reads what people said of steps, as it is kept.</summary>
public static class StepApprovals
{
    /// <summary>One approval.</summary>
    /// <param name="json">As it was kept.</param>
    /// <param name="place">Where it is kept, for errors.</param>
    /// <exception cref="JournalException">It is none.</exception>
    public static StepApproval Read(string json, string place)
    {
        try
        {
            var approval = JsonSerializer.Deserialize<StepApproval>(json, MigrationJson.Line);
            return approval is { Step.Length: > 0, Who.Length: > 0, Why.Length: > 0 } ? approval : throw Broken(place, null);
        }
        catch (JsonException e)
        {
            throw Broken(place, e);
        }
    }

    private static JournalException Broken(string place, Exception? inner) =>
        new($"{place} is no approval: it was torn or edited. Remove it and approve again.", inner);
}
