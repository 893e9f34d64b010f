using System.Text.Json;

namespace MigrationTools.Engine.Gates.Watching;

/// <summary>A watched gate as stores of runs keep it.</summary>
public static class ShownGate
{
    public static string Write(WatchedGate gate) => JsonSerializer.Serialize(gate, MigrationJson.Line);

    /// <summary>The gate; null where it can't be read, for it is no more than a help and the run stands without it.</summary>
    public static WatchedGate? Read(string kept)
    {
        try
        {
            return JsonSerializer.Deserialize<WatchedGate>(kept, MigrationJson.Line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
