using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>A value as SQL. A short one is a text; a long one stays where it lies and is written in pieces, so that it is never in memory as a text of twice its size and more.</summary>
internal sealed class SqlValue
{
    private readonly string? _text;
    private readonly RowBatch? _batch;
    private readonly int _row;
    private readonly int _column;
    private readonly LongLiteral? _literal;

    public SqlValue(string text) => _text = text;

    /// <summary>Valid as long as the batch holds the row.</summary>
    public SqlValue(RowBatch batch, int row, int column, LongLiteral literal) => (_batch, _row, _column, _literal) = (batch, row, column, literal);

    /// <summary>Of the SQL, about.</summary>
    public long Length => _literal?.Length ?? _text!.Length;

    public void WriteTo(TextWriter text)
    {
        if (_literal is null)
        {
            text.Write(_text);
            return;
        }

        _literal.Write(text, _batch!.BytesAt(_row, _column));
    }
}
