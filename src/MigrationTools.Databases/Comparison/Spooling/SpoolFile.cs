using Microsoft.Win32.SafeHandles;

namespace MigrationTools.Databases.Comparison.Spooling;

/// <summary>
/// A temporary file for rows, which only this user can read. It loses its name as soon as it is open where the system allows that
/// (Unix), and is deleted when closed elsewhere, so that rows are not left behind by a killed process.
/// </summary>
internal sealed class SpoolFile : IDisposable
{
    private readonly FileStream _stream;

    public SpoolFile(string? directory)
    {
        directory ??= Path.GetTempPath();
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, $"migrationtools-{Guid.NewGuid():N}.spool");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _stream = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }
    }

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    private SafeFileHandle Handle => _stream.SafeFileHandle;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(Handle, bytes, Length);
        Length += bytes.Length;
    }

    /// <summary>Reads as many bytes as there are, up to the buffer's length.</summary>
    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(Handle, buffer, offset);

    public void Dispose() => _stream.Dispose();
}
