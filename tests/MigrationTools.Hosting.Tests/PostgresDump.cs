using System.Diagnostics;
using System.Globalization;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Hosting.Tests;

/// <summary>pg_dump of a database as text.</summary>
internal static class PostgresDump
{
    public static async Task<string> OfAsync(PostgresCluster cluster, string database)
    {
        var start = new ProcessStartInfo(PostgresBinaries.Program(PostgresBinaries.Find()!, "pg_dump")) { RedirectStandardOutput = true };
        foreach (var argument in new[] { "-h", "127.0.0.1", "-p", cluster.Port.ToString(CultureInfo.InvariantCulture), "-U", PostgresCluster.User, database })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PGPASSWORD"] = PostgresCluster.Password;
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        // Newer dumps are bracketed by a random word of their own.
        return string.Join('\n', text.Split('\n').Where(line => !line.StartsWith("\\restrict", StringComparison.Ordinal) && !line.StartsWith("\\unrestrict", StringComparison.Ordinal)));
    }
}
