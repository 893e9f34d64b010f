using MigrationTools.Engine;

namespace MigrationTools.Databases.Comparison.Files;

/// <summary>A file could not be written while, or after, databases were compared. What was told of them stands.</summary>
public sealed class OutputFileException : MigrationToolsException
{
    private const int NoSpace = 28;
    private const int NoQuota = 122;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    public OutputFileException(string message, Exception? innerException = null)
        : base(ErrorIds.FileUnavailable, message, innerException)
    {
    }

    /// <param name="file">Which file.</param>
    /// <param name="reason">What was seen.</param>
    /// <param name="advice">What to do, as a sentence.</param>
    /// <param name="temporary">The path under which it was written; nobody has heard of it.</param>
    public static OutputFileException Of(OutputFile file, Exception reason, string advice, string? temporary = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new OutputFileException($"The {file.What} '{file.Name}' could not be written: {Describe(reason, file, temporary)} {advice}", reason);
    }

    internal static string Describe(Exception reason, OutputFile file, string? temporary)
    {
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentNullException.ThrowIfNull(file);
        if (reason is IOException && (OperatingSystem.IsWindows() ? reason.HResult == NoSpaceOnWindows : reason.HResult is NoSpace or NoQuota))
        {
            return "the disk is full.";
        }

        return temporary is null ? reason.Message : reason.Message.Replace(temporary, file.Name, StringComparison.Ordinal);
    }
}
