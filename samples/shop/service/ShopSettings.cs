using System.Globalization;

namespace ShopService;

/// <summary>How the service is started.</summary>
/// <param name="Version">2 or 3.</param>
/// <param name="Database">The SQLite file of that version.</param>
public sealed record ShopSettings(int Version, string Database)
{
    /// <summary>Port on the loopback address; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether <c>PUT /faults</c> is there: a service that can be made slow or wrong, to rehearse with.</summary>
    public bool AllowFaults { get; init; }

    /// <summary>The version's name, as it answers to.</summary>
    public string VersionName => Version == 2 ? "2.0.5" : "3.0.0";

    /// <summary>Reads the command line; null where it makes no sense.</summary>
    public static ShopSettings? Parse(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < arguments.Count; index++)
        {
            values[arguments[index]] = arguments[index] == "--allow-faults" ? "" : index + 1 < arguments.Count ? arguments[++index] : "";
        }

        return values.GetValueOrDefault("--version") is ("2" or "3") and var version && values.TryGetValue("--database", out var database) && File.Exists(database)
            ? new ShopSettings(version[0] - '0', database)
            {
                Port = int.TryParse(values.GetValueOrDefault("--port", "0"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0,
                AllowFaults = values.ContainsKey("--allow-faults"),
            }
            : null;
    }
}
