using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.HaProxy;

/// <summary>
/// The file that HAProxy reads when it starts or reloads (global <c>server-state-file</c> with <c>load-server-state-from-file global</c>), without which it
/// comes up with the weights of its configuration (configuration manual, "load-server-state-from-file").
/// </summary>
internal sealed class HaProxyStateFile(string path)
{
    private const UnixFileMode NewFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Before anything is changed: a share that would not outlive the next reload is none that was asked for.</summary>
    /// <exception cref="TrafficException">Its directory is not there.</exception>
    public void RequireDirectory()
    {
        if (Path.GetDirectoryName(path) is { } directory && !Directory.Exists(directory))
        {
            throw new TrafficException($"The state file '{path}' can't be kept: its directory is not there. Nothing was changed.");
        }
    }

    /// <summary>Writes it so that HAProxy finds the old or the new text, whenever it looks; the file's mode stays.</summary>
    /// <exception cref="TrafficException">It can't be written.</exception>
    public async Task WriteAsync(string state, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            await File.WriteAllTextAsync(temporary, state + "\n", cancellationToken).ConfigureAwait(false);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, File.Exists(path) ? File.GetUnixFileMode(path) : NewFile);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new TrafficException($"HAProxy did what it was told, but the state file '{path}' could not be written ({failed.Message.TrimEnd('.')}): a reload would lose it.", failed);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
