using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Sqlite;

/// <summary>Reads a CREATE TABLE statement that SQLite has accepted (sqlite.org/lang_createtable.html), so it only has to find things, not to judge.</summary>
internal sealed class SqliteCreateTableParser
{
    private static readonly string[] ConstraintWords =
        ["CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "FOREIGN", "GENERATED", "AS", "DEFERRABLE", "INITIALLY"];

    private readonly string _sql;
    private readonly List<SqliteToken> _tokens;
    private readonly SqliteTableSource _source = new();
    private int _position;

    private SqliteCreateTableParser(string sql)
    {
        _sql = sql;
        _tokens = SqliteSql.Tokens(sql).ToList();
    }

    public static SqliteTableSource Parse(string sql)
    {
        var parser = new SqliteCreateTableParser(sql);
        parser.ReadTable();
        return parser._source;
    }

    private void ReadTable()
    {
        while (_position < _tokens.Count && !_tokens[_position].IsSymbol('('))
        {
            _position++;
        }

        _position++;
        while (_position < _tokens.Count && !_tokens[_position].IsSymbol(')'))
        {
            var column = IsConstraintStart() ? null : ReadColumnName();
            ReadConstraints(column);
            if (_position < _tokens.Count && _tokens[_position].IsSymbol(','))
            {
                _position++;
            }
        }
    }

    private bool IsConstraintStart() =>
        IsWord("CONSTRAINT") || IsWord("PRIMARY") || IsWord("UNIQUE") || IsWord("CHECK") || IsWord("FOREIGN");

    private string ReadColumnName()
    {
        var name = _tokens[_position++].Name;
        while (!AtItemEnd() && !IsConstraintWord())
        {
            SkipOne();
        }

        return name;
    }

    private void ReadConstraints(string? column)
    {
        string? name = null;
        while (!AtItemEnd())
        {
            var token = _tokens[_position];
            if (token.IsWord("CONSTRAINT"))
            {
                _position++;
                name = TakeName();
                continue;
            }

            ReadConstraint(column, name);
            name = null;
        }
    }

    private void ReadConstraint(string? column, string? name)
    {
        if (TakeWord("CHECK"))
        {
            _source.Checks.Add(new CheckSchema(name, TakeGroupText()));
        }
        else if (TakeWord("PRIMARY"))
        {
            _ = TakeWord("KEY");
            _source.PrimaryKeyName = name;
            _ = TakeColumns(column);
        }
        else if (TakeWord("AUTOINCREMENT"))
        {
            _source.Autoincrement = true;
        }
        else if (TakeWord("UNIQUE"))
        {
            _source.UniqueKeys.Add(new KeySchema(name, TakeColumns(column)));
        }
        else if (TakeWord("FOREIGN"))
        {
            _ = TakeWord("KEY");
            var columns = TakeColumns(null);
            _ = TakeWord("REFERENCES");
            ReadReference(name, columns);
        }
        else if (TakeWord("REFERENCES"))
        {
            ReadReference(name, [column!]);
        }
        else if (TakeWord("COLLATE"))
        {
            _source.Collations[column!] = TakeName();
        }
        else if (TakeWord("DEFAULT"))
        {
            SkipDefault();
        }
        else if (TakeWord("AS"))
        {
            _source.Generated[column!] = TakeGroupText();
        }
        else if (TakeWord("DEFERRABLE"))
        {
            SetDeferrable(true);
            SetInitiallyDeferred(TakeWord("INITIALLY") && TakeWord("DEFERRED"));
        }
        else if (TakeWord("NOT"))
        {
            if (TakeWord("DEFERRABLE"))
            {
                SetDeferrable(false);
            }
        }
        else
        {
            SkipOne();
        }
    }

    private void ReadReference(string? name, IReadOnlyList<string> columns)
    {
        _ = TakeName();
        if (_position < _tokens.Count && _tokens[_position].IsSymbol('('))
        {
            SkipOne();
        }

        _source.ForeignKeys.Add(new SqliteTableSource.ForeignKey(name, columns));
        while (IsWord("ON") || IsWord("MATCH"))
        {
            // ON DELETE SET NULL, ON UPDATE NO ACTION, ON DELETE CASCADE; MATCH FULL.
            _position += IsWord("ON") ? 2 : 1;
            _position += IsWord("SET") || IsWord("NO") ? 2 : 1;
        }
    }

    private void SetDeferrable(bool deferrable)
    {
        if (_source.ForeignKeys.Count > 0)
        {
            _source.ForeignKeys[^1].Deferrable = deferrable;
        }
    }

    private void SetInitiallyDeferred(bool deferred)
    {
        if (_source.ForeignKeys.Count > 0)
        {
            _source.ForeignKeys[^1].InitiallyDeferred = deferred;
        }
    }

    // DEFAULT takes a group, a signed number, a literal or a word; NULL and the like must not be read as a constraint.
    private void SkipDefault()
    {
        if (_position < _tokens.Count && (_tokens[_position].IsSymbol('+') || _tokens[_position].IsSymbol('-')))
        {
            _position++;
        }

        SkipOne();
    }

    private IReadOnlyList<string> TakeColumns(string? column)
    {
        if (_position >= _tokens.Count || !_tokens[_position].IsSymbol('('))
        {
            return column is null ? [] : [column];
        }

        var end = EndOfGroup();
        var columns = new List<string>();
        var expectsName = true;
        for (_position++; _position < end - 1; _position++)
        {
            var token = _tokens[_position];
            if (expectsName && token.IsName)
            {
                columns.Add(token.Name);
            }

            expectsName = token.IsSymbol(',');
        }

        _position = end;
        return columns;
    }

    private string TakeGroupText()
    {
        if (_position >= _tokens.Count || !_tokens[_position].IsSymbol('('))
        {
            return string.Empty;
        }

        var open = _tokens[_position];
        _position = EndOfGroup();
        return _sql[open.End.._tokens[_position - 1].Start].Trim();
    }

    private string TakeName() => _position < _tokens.Count ? _tokens[_position++].Name : string.Empty;

    private bool TakeWord(string word)
    {
        var isIt = IsWord(word);
        _position += isIt ? 1 : 0;
        return isIt;
    }

    private bool IsWord(string word) => _position < _tokens.Count && _tokens[_position].IsWord(word);

    private bool IsConstraintWord() => _tokens[_position].Kind == SqliteTokenKind.Word
        && ConstraintWords.Contains(_tokens[_position].Text, StringComparer.OrdinalIgnoreCase);

    private bool AtItemEnd() => _position >= _tokens.Count || _tokens[_position].IsSymbol(',') || _tokens[_position].IsSymbol(')');

    private void SkipOne()
    {
        if (_position < _tokens.Count)
        {
            _position = _tokens[_position].IsSymbol('(') ? EndOfGroup() : _position + 1;
        }
    }

    /// <summary>The position behind the parenthesis that closes the one here.</summary>
    private int EndOfGroup()
    {
        var depth = 0;
        var position = _position;
        do
        {
            depth += _tokens[position].IsSymbol('(') ? 1 : _tokens[position].IsSymbol(')') ? -1 : 0;
            position++;
        }
        while (depth > 0 && position < _tokens.Count);

        return position;
    }
}
