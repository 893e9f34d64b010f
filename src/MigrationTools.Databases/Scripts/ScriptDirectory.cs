using System.Globalization;
using System.Text.RegularExpressions;
using MigrationTools.Engine;

namespace MigrationTools.Databases.Scripts;

/// <summary>The versioned scripts of a directory that are for one engine, in order of version.</summary>
public static partial class ScriptDirectory
{
    private static readonly string[] Engines = ["sqlite", "postgresql"];

    /// <summary>
    /// Reads names only. A script with an engine's suffix is taken by that engine in place of one of the same version without;
    /// versions are compared number by number (Flyway's rule: 3.10 is after 3.9).
    /// </summary>
    /// <exception cref="InvalidRequestException">The directory is not there, holds no script for the engine, or two of the same version.</exception>
    public static IReadOnlyList<VersionedScript> Read(string directory, string dialect)
    {
        if (!Directory.Exists(directory))
        {
            throw new InvalidRequestException($"{directory}: the spec's scripts are not there. Give the directory that holds V<version>__<name>.sql files.");
        }

        var scripts = new List<(int[] Order, bool Own, VersionedScript Script)>();
        foreach (var file in Directory.EnumerateFiles(directory, "V*.sql").Order(StringComparer.Ordinal))
        {
            var match = ScriptName().Match(Path.GetFileName(file));
            if (!match.Success)
            {
                throw new InvalidRequestException($"{file}: a script's name is V<version>__<name>.sql, such as V3.0.1__split_name.sql.");
            }

            var engine = Engines.FirstOrDefault(name => match.Groups["name"].Value.EndsWith('.' + name, StringComparison.OrdinalIgnoreCase));
            if (engine is not null && engine != dialect)
            {
                continue;
            }

            var version = match.Groups["version"].Value.Replace('_', '.');
            var name = engine is null ? match.Groups["name"].Value : match.Groups["name"].Value[..^(engine.Length + 1)];
            scripts.Add((
                [.. version.Split('.').Select(part => int.Parse(part, CultureInfo.InvariantCulture))],
                engine is not null,
                new VersionedScript(version, name.Replace('_', ' '), file)));
        }

        var chosen = scripts.GroupBy(script => script.Script.Version).Select(group => Choose([.. group], directory)).ToList();
        if (chosen.Count == 0)
        {
            throw new InvalidRequestException($"{directory}: no script V<version>__<name>.sql for {dialect}.");
        }

        chosen.Sort((left, right) => CompareVersions(left.Order, right.Order));
        return [.. chosen.Select(script => script.Script)];
    }

    private static (int[] Order, bool Own, VersionedScript Script) Choose(List<(int[] Order, bool Own, VersionedScript Script)> sameVersion, string directory)
    {
        var own = sameVersion.Where(script => script.Own).ToList();
        var candidates = own.Count > 0 ? own : sameVersion;
        return candidates.Count == 1
            ? candidates[0]
            : throw new InvalidRequestException($"{directory}: two scripts of version {candidates[0].Script.Version}: {string.Join(", ", candidates.Select(script => script.Script.Name))}.");
    }

    private static int CompareVersions(int[] left, int[] right)
    {
        for (var index = 0; index < Math.Max(left.Length, right.Length); index++)
        {
            var difference = left.ElementAtOrDefault(index).CompareTo(right.ElementAtOrDefault(index));
            if (difference != 0)
            {
                return difference;
            }
        }

        return 0;
    }

    [GeneratedRegex(@"^V(?<version>\d+([._]\d+)*)__(?<name>.+)\.sql$", RegexOptions.CultureInvariant)]
    private static partial Regex ScriptName();
}
