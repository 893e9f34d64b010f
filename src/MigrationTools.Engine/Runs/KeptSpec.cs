using System.Text;
using System.Text.Json;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Reading;

namespace MigrationTools.Engine.Runs;

/// <summary>The spec that a run began with, as its store keeps it: the file's whole text and what it was read with.</summary>
public static class KeptSpec
{
    /// <summary>The text to keep.</summary>
    public static async Task<string> WriteAsync(MigrationSpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var text = spec.Path is null ? null : await ReadWholeAsync(spec.Path, cancellationToken).ConfigureAwait(false);
        return JsonSerializer.Serialize(new Content(spec.Path, spec.Directory, spec.Hash, text), MigrationJson.Pretty);
    }

    /// <param name="kept">What <see cref="WriteAsync"/> gave.</param>
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

    // Not ReadAllText: a byte order mark is part of what was hashed.
    private static async Task<string> ReadWholeAsync(string path, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));

    private sealed record Content(string? Path, string Directory, string Hash, string? Text);
}
