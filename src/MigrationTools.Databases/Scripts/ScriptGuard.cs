using System.Text.RegularExpressions;
using MigrationTools.Engine;

namespace MigrationTools.Databases.Scripts;

/// <summary>
/// Refuses scripts that end the transaction they run in: such a script could neither be rehearsed (it is run and rolled back
/// to see what it makes) nor undone as a whole.
/// </summary>
internal static partial class ScriptGuard
{
    /// <exception cref="InvalidRequestException">The script has a statement that controls the transaction.</exception>
    public static void Check(string name, string sql)
    {
        var bare = Literals().Replace(sql, match => new string(' ', match.Length));
        if (TransactionControl().Match(bare) is { Success: true } found)
        {
            var line = bare.AsSpan(0, found.Groups["word"].Index).Count('\n') + 1;
            throw new InvalidRequestException(
                $"{name}({line}): '{found.Groups["word"].Value}' ends the transaction that the script runs in. Scripts run in one transaction that is committed as a whole: take the statement out.");
        }
    }

    // Comments, strings, quoted names and PostgreSQL's dollar quotes: what stands in them is no statement.
    [GeneratedRegex(@"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|""(?:[^""]|"""")*""|(?<tag>\$\w*\$).*?\k<tag>", RegexOptions.CultureInvariant | RegexOptions.Singleline, 5000)]
    private static partial Regex Literals();

    [GeneratedRegex(@"(?:^|;)\s*(?<word>COMMIT|ROLLBACK|START\s+TRANSACTION|END\s+(?:TRANSACTION|WORK)|BEGIN\s*(?=;|$)|BEGIN\s+(?:TRANSACTION|WORK|DEFERRED|IMMEDIATE|EXCLUSIVE)|PREPARE\s+TRANSACTION|VACUUM|CREATE\s+DATABASE|DROP\s+DATABASE)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 5000)]
    private static partial Regex TransactionControl();
}
