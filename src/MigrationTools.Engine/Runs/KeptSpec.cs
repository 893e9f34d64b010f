using System.Text.Json;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Reading;

namespace MigrationTools.Engine.Runs;

/// <summary>The spec that a run began with, as its store keeps it: the file's whole text and what it was read with.</summary>
public static class KeptSpec
{
    /// <summary>The text to keep: what the spec was read from, not what its file holds by now.</summary>
    public static string Write(MigrationSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return JsonSerializer.Serialize(new Content(spec.Path, spec.Directory, spec.Hash, spec.Text), MigrationJson.Pretty);
    }

    /// <param name="kept">What <see cref="Write"/> gave.</param>
    /// <param name="place">Where it was kept, for errors.</param>
    /// <exception cref="RunNotFoundException">The spec was not kept, for the run was not begun from a file.</exception>
    /// <exception cref="PlanException">It is not the one that the run began with.</exception>
    public static MigrationSpec Read(string kept, string place)
    {
        Content? content;
        try
        {
            content = JsonSerializer.Deserialize<Content>(kept, MigrationJson.Pretty);
        }
        catch (JsonException e)
        {
            throw new PlanException(ErrorIds.PlanChanged, $"{place} is not the spec that was kept with the run ({e.Message}). Nothing was done.", e);
        }

        if (content?.Text is null)
        {
            throw new RunNotFoundException($"{place}: the run's spec was not kept.");
        }

        var spec = new SpecReader().ReadText(content.Text, content.Path ?? "spec.json", content.Directory) with { Path = content.Path };
        return spec.Hash == content.Hash
            ? spec
            : throw new PlanException(ErrorIds.PlanChanged, $"{place}: the spec kept with the run was changed. Nothing was done.");
    }

    private sealed record Content(string? Path, string Directory, string Hash, string? Text);
}
