using System.Globalization;
using System.Text;

namespace MigrationTools.Hosting.Telemetry;

/// <summary>
/// The file that node_exporter's textfile collector reads. Written beside and moved into place, so that a reader finds the old text or the new one, never a
/// half; under a name that does not end in <c>.prom</c> until then, for the collector reads all that do. Readable by everyone: the collector is another user.
/// </summary>
/// <param name="path">Absolute.</param>
internal sealed class MetricsFile(string path)
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private string _written = "";

    public string Path => path;

    /// <summary>Writes the figures, where they are others than those that it wrote before.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public void Write(IEnumerable<MetricPoint> points)
    {
        var text = PrometheusText.Write(points);
        if (text == _written)
        {
            return;
        }

        var beside = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.new");
        try
        {
            File.WriteAllText(beside, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            if (!OperatingSystem.IsWindows())
            {
                // Whatever the process's umask says.
                File.SetUnixFileMode(beside, Mode);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }

        _written = text;
    }
}
