using System.Text.RegularExpressions;
using MigrationTools.Databases.Tests.Integrity;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Writes SQL with placeholders for the types and literals in which the two engines differ: <c>{float}</c>, <c>{hex:00ff}</c>, <c>{repeat:x:100}</c>.</summary>
internal static partial class EngineSyntax
{
    private static readonly Dictionary<string, (string Sqlite, string Postgres)> Words = new()
    {
        ["float"] = ("real", "float8"),
        ["bytes"] = ("blob", "bytea"),
        ["long"] = ("integer", "bigint"),
        ["wide decimal"] = ("decimal text(38,18)", "numeric(38,18)"),
        ["uuid"] = ("uuid text", "uuid"),
        ["json"] = ("json text", "jsonb"),
        ["instant"] = ("timestamptz", "timestamptz"),
        ["no case"] = ("text collate nocase", "text collate loose"),
        ["collation"] = ("", "create collation loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);"),
    };

    public static string For(IScratch scratch, string sql)
    {
        var postgres = scratch.Provider.Schemes.Contains("postgresql");
        return Placeholder().Replace(sql, match => match.Groups["name"].Value switch
        {
            "hex" => postgres ? $"'\\x{match.Groups["value"].Value}'" : $"x'{match.Groups["value"].Value}'",
            "repeat" when match.Groups["value"].Value.Split(':') is [var text, var count] => postgres ? $"repeat('{text}', {count})" : $"replace(hex(zeroblob(({count} + 1) / 2)), '0', '{text}')",
            var name => postgres ? Words[name].Postgres : Words[name].Sqlite,
        });
    }

    [GeneratedRegex("""\{(?<name>[a-z ]+)(:(?<value>[^}]*))?\}""")]
    private static partial Regex Placeholder();
}
