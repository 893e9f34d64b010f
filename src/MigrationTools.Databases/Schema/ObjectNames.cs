using System.Security.Cryptography;
using System.Text;

namespace MigrationTools.Databases.Schema;

/// <summary>Gives out names of indexes and keys so that none is taken twice where the target engine wants them apart.</summary>
/// <param name="traits">The target engine's.</param>
internal sealed class ObjectNames(EngineTraits traits)
{
    private readonly Dictionary<string, HashSet<string>> _takenBySchema = new(StringComparer.Ordinal);

    /// <summary>Takes a name that must not be given out again; false where it is taken already.</summary>
    public bool Take(string? schema, string name)
    {
        if (!_takenBySchema.TryGetValue(schema ?? "", out var taken))
        {
            _takenBySchema[schema ?? ""] = taken = new HashSet<string>(traits.Names);
        }

        return taken.Add(name);
    }

    /// <summary>The name itself where it is free and fits; otherwise one made of the table's and its own.</summary>
    public string TakeFreeName(string? schema, string table, string wanted)
    {
        if (traits.FitsName(wanted) && Take(schema, wanted))
        {
            return wanted;
        }

        var longer = $"{table}_{wanted}";
        for (var number = 1; ; number++)
        {
            var candidate = Fit(number == 1 ? longer : $"{longer}_{number}");
            if (Take(schema, candidate))
            {
                return candidate;
            }
        }
    }

    // A cut name keeps apart from others cut at the same place by a hash of the whole.
    private string Fit(string name)
    {
        if (traits.FitsName(name))
        {
            return name;
        }

        var suffix = "_" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)), 0, 4).ToLowerInvariant();
        var kept = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (!traits.FitsName(kept.ToString() + rune + suffix))
            {
                break;
            }

            kept.Append(rune);
        }

        return kept + suffix;
    }
}
