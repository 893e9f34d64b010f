using System.Globalization;
using System.Text;

namespace MigrationTools.Databases.Postgres;

/// <summary>One statement of a script.</summary>
/// <param name="Sql">Its text, with its parameters numbered from $1 without gaps.</param>
/// <param name="Parameters">Which of the script's parameters (from 1) each of its own stands for.</param>
/// <param name="HasAtomicBody">It defines a routine with BEGIN ATOMIC … END, which holds semicolons.</param>
internal sealed record PostgresStatement(string Sql, IReadOnlyList<int> Parameters, bool HasAtomicBody);

/// <summary>
/// Splits a script into statements as psql does (psqlscan.l): quotes, dollar quotes, nested comments, parentheses and the bodies of
/// SQL-standard routines keep their semicolons.
/// </summary>
internal sealed class PostgresStatements
{
    private readonly string _script;
    private readonly List<PostgresStatement> _statements = [];
    private readonly StringBuilder _sql = new();
    private readonly List<int> _parameters = [];
    private readonly List<string> _firstWords = [];
    private int _position;
    private int _parentheses;
    private int _bodyDepth;
    private bool _hasBody;
    private bool _hasToken;

    private PostgresStatements(string script) => _script = script;

    public static IReadOnlyList<PostgresStatement> Split(string script)
    {
        var splitter = new PostgresStatements(script);
        while (splitter._position < script.Length)
        {
            splitter.TakeOne();
        }

        splitter.EndStatement();
        return splitter._statements;
    }

    private void TakeOne()
    {
        var character = _script[_position];
        if (StartsWith("--"))
        {
            Take(EndOfLine());
        }
        else if (StartsWith("/*"))
        {
            Take(EndOfBlockComment());
        }
        else if (character is '\'' or '"')
        {
            TakeToken(EndOfQuoted(_position, character, backslashes: false));
        }
        else if (character == '$')
        {
            TakeDollar();
        }
        else if (IsWordStart(character))
        {
            TakeWord();
        }
        else if (character == ';' && _parentheses == 0 && _bodyDepth == 0)
        {
            _position++;
            EndStatement();
        }
        else
        {
            _parentheses += character == '(' ? 1 : character == ')' && _parentheses > 0 ? -1 : 0;
            _hasToken |= !char.IsWhiteSpace(character);
            Take(_position + 1);
        }
    }

    private void TakeWord()
    {
        var end = _position + 1;
        while (end < _script.Length && (IsWordStart(_script[end]) || char.IsAsciiDigit(_script[end]) || _script[end] == '$'))
        {
            end++;
        }

        var word = _script[_position..end].ToUpperInvariant();
        if (word == "E" && end < _script.Length && _script[end] == '\'')
        {
            TakeToken(EndOfQuoted(end, '\'', backslashes: true));
            return;
        }

        if (_firstWords.Count < 4)
        {
            _firstWords.Add(word);
        }

        TrackBody(word);
        TakeToken(end);
    }

    // Only a routine's definition can hold a body; anywhere else BEGIN and END are statements of their own.
    private void TrackBody(string word)
    {
        if (!IsRoutine() || _parentheses > 0)
        {
            return;
        }

        if (word == "BEGIN")
        {
            _bodyDepth++;
            _hasBody = true;
        }
        else if (word == "CASE" && _bodyDepth > 0)
        {
            _bodyDepth++;
        }
        else if (word == "END" && _bodyDepth > 0)
        {
            _bodyDepth--;
        }
    }

    private bool IsRoutine() => _firstWords.Count > 1 && _firstWords[0] == "CREATE"
        && (_firstWords[1] is "FUNCTION" or "PROCEDURE" || (_firstWords.Count > 3 && _firstWords[1] == "OR" && _firstWords[2] == "REPLACE" && _firstWords[3] is "FUNCTION" or "PROCEDURE"));

    private void TakeDollar()
    {
        var end = _position + 1;
        while (end < _script.Length && char.IsAsciiDigit(_script[end]))
        {
            end++;
        }

        if (end > _position + 1)
        {
            TakeParameter(end);
            return;
        }

        while (end < _script.Length && (IsWordStart(_script[end]) || char.IsAsciiDigit(_script[end])))
        {
            end++;
        }

        if (end == _script.Length || _script[end] != '$')
        {
            TakeToken(_position + 1);
            return;
        }

        var tag = _script[_position..(end + 1)];
        var close = _script.IndexOf(tag, end + 1, StringComparison.Ordinal);
        TakeToken(close < 0 ? _script.Length : close + tag.Length);
    }

    private void TakeParameter(int end)
    {
        var number = int.Parse(_script.AsSpan(_position + 1, end - _position - 1), CultureInfo.InvariantCulture);
        var place = _parameters.IndexOf(number);
        if (place < 0)
        {
            place = _parameters.Count;
            _parameters.Add(number);
        }

        _ = _sql.Append('$').Append((place + 1).ToString(CultureInfo.InvariantCulture));
        _position = end;
        _hasToken = true;
    }

    private void TakeToken(int end)
    {
        _hasToken = true;
        Take(end);
    }

    private void Take(int end)
    {
        _ = _sql.Append(_script, _position, end - _position);
        _position = end;
    }

    private void EndStatement()
    {
        if (_hasToken)
        {
            _statements.Add(new PostgresStatement(_sql.ToString().Trim(), _parameters.ToList(), _hasBody));
        }

        _ = _sql.Clear();
        _parameters.Clear();
        _firstWords.Clear();
        _parentheses = 0;
        _bodyDepth = 0;
        _hasBody = false;
        _hasToken = false;
    }

    private int EndOfLine()
    {
        var end = _script.IndexOf('\n', _position);
        return end < 0 ? _script.Length : end + 1;
    }

    private int EndOfBlockComment()
    {
        var depth = 0;
        var position = _position;
        do
        {
            if (string.CompareOrdinal(_script, position, "/*", 0, 2) == 0)
            {
                depth++;
                position += 2;
            }
            else if (string.CompareOrdinal(_script, position, "*/", 0, 2) == 0)
            {
                depth--;
                position += 2;
            }
            else
            {
                position++;
            }
        }
        while (depth > 0 && position < _script.Length);

        return Math.Min(position, _script.Length);
    }

    private int EndOfQuoted(int open, char quote, bool backslashes)
    {
        for (var position = open + 1; position < _script.Length; position++)
        {
            if (backslashes && _script[position] == '\\')
            {
                position++;
            }
            else if (_script[position] == quote)
            {
                if (position + 1 == _script.Length || _script[position + 1] != quote)
                {
                    return position + 1;
                }

                position++;
            }
        }

        return _script.Length;
    }

    private bool StartsWith(string text) => string.CompareOrdinal(_script, _position, text, 0, text.Length) == 0;

    private static bool IsWordStart(char character) => char.IsAsciiLetter(character) || character == '_' || character > 0x7F;
}
