using MigrationTools.Databases.Schema.Expressions;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>Tells an index of nothing but columns in ascending order from one that its columns alone don't describe.</summary>
internal static class PlainIndex
{
    /// <summary>Read from its definition: <c>… ON table [USING btree] (a, b)</c> and nothing else.</summary>
    public static bool Is(IndexSchema index)
    {
        if (index.Where is not null || index.Columns.Any(column => column is null))
        {
            return false;
        }

        if (index.Definition is null)
        {
            return true;
        }

        var tokens = SqlLexer.Read(index.Definition);
        var at = 0;
        while (tokens[at].Kind != SqlTokenKind.End && !tokens[at].IsWord("ON"))
        {
            at++;
        }

        while (tokens[at].Kind != SqlTokenKind.End && !tokens[at].IsSymbol("("))
        {
            if (tokens[at].IsWord("USING") && !tokens[at + 1].IsWord("btree"))
            {
                return false;
            }

            at++;
        }

        return Names(tokens, at) is { } names && names.SequenceEqual(index.Columns, StringComparer.OrdinalIgnoreCase);
    }

    private static List<string>? Names(IReadOnlyList<SqlToken> tokens, int at)
    {
        var names = new List<string>();
        do
        {
            at++;
            if (tokens[at].Kind is not (SqlTokenKind.Word or SqlTokenKind.QuotedName))
            {
                return null;
            }

            names.Add(tokens[at++].Text);
            at += tokens[at].IsWord("ASC") ? 1 : 0;
        }
        while (tokens[at].IsSymbol(","));

        return tokens[at].IsSymbol(")") && tokens[at + 1].Kind == SqlTokenKind.End ? names : null;
    }
}
