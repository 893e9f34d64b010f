using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MigrationTools.Engine;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.Nginx;

/// <summary>
/// The text of the owned file: a title, the state as JSON, a hash over what follows, and the configuration that says the same to nginx
/// (ngx_http_split_clients_module: percentages to two decimals, none of them zero; ngx_http_map_module).
/// </summary>
internal static partial class NginxSplitText
{
    private const string Title = "# This file belongs to MigrationTools, which stops where somebody else has changed it. Use Set-TrafficSplit instead of an editor.";
    private const string StateMark = "# migrationtools: ";
    private const string HashMark = "# sha256: ";

    public static string Write(IReadOnlyList<NginxLane> lanes)
    {
        var body = new StringBuilder(StateMark).Append(JsonSerializer.Serialize(lanes, MigrationJson.Line)).Append('\n');
        foreach (var lane in lanes)
        {
            Append(body, lane);
        }

        return $"{Title}\n{HashMark}{Hash(body.ToString())}\n{body}";
    }

    /// <summary>The lanes of a text; none for an empty one.</summary>
    /// <exception cref="TrafficException">Somebody else wrote or changed it.</exception>
    public static IReadOnlyList<NginxLane> Read(string text, string file)
    {
        if (text.Trim().Length == 0)
        {
            return [];
        }

        var lines = text.Split('\n', 3);
        if (lines.Length < 3 || lines[0] != Title || !lines[1].StartsWith(HashMark, StringComparison.Ordinal))
        {
            throw new TrafficException($"'{file}' was not written by MigrationTools, so it is not overwritten. Name a file of its own, which your configuration includes.");
        }

        if (lines[1][HashMark.Length..] != Hash(lines[2]))
        {
            throw new TrafficException($"'{file}' was changed by somebody else since MigrationTools wrote it, so it is neither believed nor overwritten. Move it away, and set the share again.");
        }

        var state = lines[2].Split('\n', 2)[0];
        return JsonSerializer.Deserialize<List<NginxLane>>(state[StateMark.Length..], MigrationJson.Line)!;
    }

    /// <summary>The variable of a lane that names the upstream of a request.</summary>
    public static string Variable(string lane) => $"${Prefix(lane)}_upstream";

    /// <exception cref="TrafficException">A name or a share that nginx can't be told.</exception>
    public static void Require(TrafficLane lane, decimal targetPercent, IEnumerable<NginxLane> others)
    {
        foreach (var name in new[] { lane.Source, lane.Target })
        {
            if (!UpstreamName().IsMatch(name))
            {
                throw new TrafficException($"'{name}' is no name of an nginx upstream: expected letters, digits and _ . : - only (keys 'source' and 'target' of the lane '{lane.Name}').");
            }
        }

        if (targetPercent is < 0 or > 100)
        {
            throw new TrafficException($"A share is 0 to 100 %, not {Percent(targetPercent)} %.");
        }

        if (decimal.Round(targetPercent, 2) != targetPercent)
        {
            throw new TrafficException($"{Percent(targetPercent)} % can't be said to nginx, whose shares have two decimals at most. Nothing was changed.");
        }

        if (others.FirstOrDefault(other => other.Name != lane.Name && Prefix(other.Name) == Prefix(lane.Name)) is { } twin)
        {
            throw new TrafficException($"The lanes '{lane.Name}' and '{twin.Name}' would have the same nginx variable {Variable(lane.Name)}. Name one of them otherwise.");
        }
    }

    private static void Append(StringBuilder body, NginxLane lane)
    {
        body.Append(CultureInfo.InvariantCulture, $"\nsplit_clients \"$request_id\" {Variable(lane.Name)} {{\n");
        if (lane.Percent is > 0 and < 100)
        {
            body.Append(CultureInfo.InvariantCulture, $"    {Percent(lane.Percent)}% {lane.Target};\n");
        }

        body.Append(CultureInfo.InvariantCulture, $"    * {(lane.Percent == 100 ? lane.Target : lane.Source)};\n}}\n\n");

        // What the target answers anyway is not sent to it again.
        body.Append(CultureInfo.InvariantCulture, $"map {Variable(lane.Name)} ${Prefix(lane.Name)}_mirror {{\n    default \"\";\n");
        if (lane.Mirrored)
        {
            body.Append(CultureInfo.InvariantCulture, $"    {lane.Source} {lane.Target};\n");
        }

        body.Append("}\n");
    }

    private static string Prefix(string lane) => NotInVariables().Replace(lane, "_");

    private static string Percent(decimal percent) => percent.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex UpstreamName();

    [GeneratedRegex("[^A-Za-z0-9_]", RegexOptions.CultureInvariant)]
    private static partial Regex NotInVariables();
}
