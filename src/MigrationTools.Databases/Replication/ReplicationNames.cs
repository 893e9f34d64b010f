using System.Security.Cryptography;
using System.Text;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Replication;

/// <summary>
/// What a run's publication, subscription and slot are called: one name for the three, of the run and the system, so that no two runs meet.
/// A slot's name has lower-case letters, digits and underscores (PostgreSQL documentation, 27.2.6.1), and no name more than 63 bytes.
/// </summary>
internal static class ReplicationNames
{
    private const int MostOfRun = 36;

    public static string Of(StepContext context) => Of(context.RunId, context.Step.System);

    public static string Of(string runId, string system)
    {
        var readable = new string([.. runId.ToLowerInvariant().Select(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) ? letter : '_')]);
        readable = readable.Length <= MostOfRun ? readable : readable[^MostOfRun..];
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{runId}\n{system}"))).ToLowerInvariant();
        return $"mt_{readable}_{digest[..12]}";
    }
}
