using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.Nginx;

/// <summary>
/// The file on disk. Beside it lie, with a dot before their names so that no <c>include</c> with a star takes them, the text before the last change
/// (<c>.previous</c>) and, from the writing until nginx was seen to be told to load it, a mark (<c>.pending</c>): whoever finds the mark knows that a change was cut
/// off, or that its reload did not end well, and that what nginx has loaded is not known.
/// </summary>
internal sealed class NginxSplitFile(string path)
{
    private const UnixFileMode NewFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public string Path => path;

    /// <summary>A change was written and not seen to be loaded.</summary>
    public bool IsPending => File.Exists(Beside("pending"));

    /// <summary>Its lanes; none where there is no file yet.</summary>
    /// <exception cref="TrafficException">It can't be read, or somebody else changed it.</exception>
    public async Task<IReadOnlyList<NginxLane>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return File.Exists(path) ? NginxSplitText.Read(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false), path) : [];
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new TrafficException($"nginx's file '{path}' can't be read: {failed.Message.TrimEnd('.')}.", failed);
        }
    }

    /// <summary>Puts a text in the file's place; the mark stays until <see cref="Settle"/>.</summary>
    /// <exception cref="TrafficException">It can't be written; the file is as it was.</exception>
    public void Write(string text)
    {
        var temporary = Beside(System.IO.Path.GetRandomFileName());
        try
        {
            // After a change that was cut off, the text before that change is still the last one that nginx is known to have taken.
            if (!IsPending)
            {
                Keep();
                File.WriteAllText(Beside("pending"), "A change was begun and not seen to be loaded: what nginx goes by is not known.\n");
            }

            File.WriteAllText(temporary, text);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, File.Exists(path) ? File.GetUnixFileMode(path) : NewFile);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new TrafficException($"nginx's file '{path}' can't be written: {failed.Message.TrimEnd('.')}. It is as it was.", failed);
        }
    }

    /// <summary>nginx is known to go by the text that is in place.</summary>
    /// <exception cref="TrafficException">The mark can't be taken away.</exception>
    public void Settle() => Try("its mark could not be taken away, so what nginx has loaded does not count as known", () => File.Delete(Beside("pending")));

    /// <summary>The text before the change is in place again. The mark stays: whether nginx goes by that text is another question.</summary>
    /// <exception cref="TrafficException">It could not be put back.</exception>
    public void PutBack() => Try($"the text before, in '{Beside("previous")}', could not be put back", RestorePrevious);

    private void RestorePrevious()
    {
        if (File.Exists(Beside("previous")))
        {
            // A copy, so that the old text is there to be read whatever happens to this process.
            var temporary = Beside(System.IO.Path.GetRandomFileName());
            File.Copy(Beside("previous"), temporary);
            File.Move(temporary, path, overwrite: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    private void Try(string problem, Action change)
    {
        try
        {
            change();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new TrafficException($"nginx's file '{path}': {problem}: {failed.Message.TrimEnd('.')}.", failed);
        }
    }

    private void Keep()
    {
        if (File.Exists(path))
        {
            File.Copy(path, Beside("previous"), overwrite: true);
        }
        else
        {
            File.Delete(Beside("previous"));
        }
    }

    private string Beside(string what) =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? "/", $".{System.IO.Path.GetFileName(path)}.{what}");
}
