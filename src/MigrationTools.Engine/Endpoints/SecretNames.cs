namespace MigrationTools.Engine.Endpoints;

/// <summary>Names of settings whose values are secrets.</summary>
internal static class SecretNames
{
    private static readonly string[] Endings =
    [
        "password", "passwd", "passphrase", "passcode", "pwd", "secret", "token", "credential", "credentials",
        "apikey", "accesskey", "accountkey", "privatekey", "secretkey", "sharedkey", "encryptionkey",
    ];

    private static readonly HashSet<string> LastWords = new(["pass", "pw", "sig", "signature", "authorization"], StringComparer.Ordinal);

    /// <summary>password, DB_PASSWORD, clientSecret, api-key, PGPASSWORD, password2; not passfile, token_type, bypass.</summary>
    public static bool Sounds(string name)
    {
        var lower = name.ToLowerInvariant().TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var word = lower[(lower.LastIndexOfAny(['_', '-', '.', ' ']) + 1)..];
        var joined = lower.Replace("_", string.Empty, StringComparison.Ordinal)
            .Replace("-", string.Empty, StringComparison.Ordinal)
            .Replace(".", string.Empty, StringComparison.Ordinal);
        return LastWords.Contains(word) || Endings.Any(ending => joined.EndsWith(ending, StringComparison.Ordinal));
    }

    /// <summary>In a URI's query also <c>key</c> (an API's or a SQLite file's).</summary>
    public static bool SoundsAsParameter(string name) => name.Equals("key", StringComparison.OrdinalIgnoreCase);
}
