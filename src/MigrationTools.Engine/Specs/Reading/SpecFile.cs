using System.Security.Cryptography;
using System.Text;

namespace MigrationTools.Engine.Specs.Reading;

/// <summary>A spec's bytes: read within bounds, hashed, and decoded as UTF-8 and nothing else.</summary>
internal static class SpecFile
{
    /// <summary>A spec is written by people; what is larger is another file.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="SpecException">There is no such file, it can't be read, or it is too large.</exception>
    public static byte[] Read(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw Refuse("(no file)", "the path of the spec is empty.");
        }

        if (Directory.Exists(path))
        {
            throw Refuse(path, "is a directory; name the spec in it.");
        }

        try
        {
            // Not by the file's length: it says nothing of a pipe or a device.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[MaxBytes + 1];
            var count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return count <= MaxBytes ? buffer[..count] : throw Refuse(path, $"is larger than {MaxBytes / 1024 / 1024} MiB, which no spec is.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Refuse(path, $"there is no such file{Neighbour(path)}", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Refuse(path, "may not be read by this user; grant the permission or run as another.", exception);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException)
        {
            throw Refuse(path, $"can't be read: {Echo.Sentence(exception.Message)}", exception);
        }
    }

    /// <exception cref="SpecException">It is not UTF-8.</exception>
    public static string Decode(byte[] bytes, ReadingContext context)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw context.Refuse(1, 1, "the file is UTF-16; save it as UTF-8.");
        }

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            var before = Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Clamp(exception.Index, 0, bytes.Length)));
            var lineStart = before.LastIndexOf('\n') + 1;
            throw context.Refuse(before.Count(character => character == '\n') + 1, before.Length - lineStart + 1, "there is a byte here that is not UTF-8; save the file as UTF-8.");
        }
    }

    /// <summary>SHA-256 in hexadecimal of the bytes without a byte order mark: who keeps the text of a file and reads it again gets the file's hash.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes)
    {
        var content = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        return Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();
    }

    public static byte[] Encode(string text) => Encoding.UTF8.GetBytes(text);

    private static string Neighbour(string path)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(directory))
        {
            return "; its directory is not there either.";
        }

        try
        {
            var specs = Directory.EnumerateFiles(directory)
                .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".json")
                .Select(file => Path.GetFileName(file));
            var nearest = NearestName.Suggest(Path.GetFileName(path), specs.Take(1000));
            return nearest.Length == 0 ? "." : nearest;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return ".";
        }
    }

    private static SpecException Refuse(string path, string message, Exception? inner = null) => new([new SpecMistake(path, 0, 0, message)], inner);
}
