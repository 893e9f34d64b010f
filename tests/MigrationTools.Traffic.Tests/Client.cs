using System.Globalization;
using MigrationTools.Tests.Routers;

namespace MigrationTools.Traffic.Tests;

/// <summary>Sends requests and counts who answered; independent of the code under test.</summary>
internal static class Client
{
    public static async Task<IReadOnlyDictionary<string, int>> SendAsync(string front, int requests)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false };
        using var client = new HttpClient(handler);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal) { ["blue"] = 0, ["green"] = 0 };
        for (var request = 0; request < requests; request++)
        {
            using var response = await client.GetAsync(front + "/");
            var who = response.Headers.TryGetValues(NamedService.Header, out var names) ? names.First() : ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            counts[who] = counts.GetValueOrDefault(who) + 1;
        }

        return counts;
    }
}
