using System.Text;
using MigrationTools.Engine.Reports;

namespace MigrationTools.Engine.Tests.Reports;

/// <summary>What a writer wrote, as text.</summary>
internal static class Written
{
    public static async Task<string> AsAsync(string format, RunReport report)
    {
        using var stream = new MemoryStream();
        await ReportWriterCatalog.Standard.Find(format).WriteAsync(report, stream, CancellationToken.None);
        stream.CanWrite.ShouldBeTrue("a writer leaves the stream open");
        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(stream.ToArray());
    }
}
