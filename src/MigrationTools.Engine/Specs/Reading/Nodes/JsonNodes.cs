using System.Text;
using System.Text.Json;

namespace MigrationTools.Engine.Specs.Reading.Nodes;

/// <summary>
/// JSON text (RFC 8259: no comments, no trailing commas) to nodes. Not through the YAML parser: YAML refuses some valid JSON
/// (a key and its colon on two lines, a tab before a value), and would let through what is not JSON.
/// </summary>
internal ref struct JsonNodes
{
    private readonly ReadingContext _context;
    private readonly NodeBuilder _builder;
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly List<int> _lineStarts = [0];
    private Utf8JsonReader _reader;
    private (int Offset, int Column) _last = (0, 1);

    private JsonNodes(ReadOnlySpan<byte> utf8, ReadingContext context)
    {
        _context = context;
        _builder = new NodeBuilder(context);
        _utf8 = utf8;
        // One more than allowed, so that the bound is told by the same words as YAML's.
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = NodeBuilder.MaxDepth + 1 });
        for (var index = 0; index < utf8.Length; index++)
        {
            if (utf8[index] == '\n' || (utf8[index] == '\r' && (index + 1 >= utf8.Length || utf8[index + 1] != '\n')))
            {
                _lineStarts.Add(index + 1);
            }
        }
    }

    /// <summary>The text's value; null where there is none.</summary>
    /// <exception cref="SpecException">It is not JSON.</exception>
    public static SpecNode? Parse(string text, ReadingContext context)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var nodes = new JsonNodes(Encoding.UTF8.GetBytes(text), context);
        nodes.Next();
        var root = nodes.Value(1);
        nodes.End();
        return root;
    }

    private SpecNode Value(int depth)
    {
        var (line, column) = Position(_reader.TokenStartIndex);
        _builder.Count(line, column);
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Mapping(line, column, depth);
            case JsonTokenType.StartArray:
                return List(line, column, depth);
            case JsonTokenType.String or JsonTokenType.PropertyName:
                return new ScalarNode(line, column, Text(), isQuoted: true);
            default:
                return new ScalarNode(line, column, Encoding.UTF8.GetString(_reader.ValueSpan), isQuoted: false);
        }
    }

    private ListNode List(int line, int column, int depth)
    {
        _builder.Enter(depth, line, column);
        var items = new List<SpecNode>();
        while (Next() != JsonTokenType.EndArray)
        {
            items.Add(Value(depth + 1));
        }

        return _builder.List(line, column, items, depth);
    }

    private MappingNode Mapping(int line, int column, int depth)
    {
        _builder.Enter(depth, line, column);
        var pairs = new List<(SpecNode, SpecNode)>();
        while (Next() != JsonTokenType.EndObject)
        {
            var key = Value(depth + 1);
            Next();
            pairs.Add((key, Value(depth + 1)));
        }

        return _builder.Mapping(line, column, pairs, depth);
    }

    private JsonTokenType Next()
    {
        try
        {
            return _reader.Read() ? _reader.TokenType : JsonTokenType.None;
        }
        catch (JsonException exception)
        {
            throw Refuse(exception);
        }
    }

    private void End()
    {
        try
        {
            _reader.Read();
        }
        catch (JsonException exception)
        {
            throw Refuse(exception);
        }
    }

    /// <summary>A string may be valid JSON and no text: an escaped half of a surrogate pair.</summary>
    private string Text()
    {
        try
        {
            return _reader.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException)
        {
            var (line, column) = Position(_reader.TokenStartIndex);
            throw _context.Refuse(line, column, "this is not valid JSON: an escape in the text is no character.");
        }
    }

    private SpecException Refuse(JsonException exception)
    {
        var start = _lineStarts[(int)Math.Clamp(exception.LineNumber ?? 0, 0, _lineStarts.Count - 1)];
        var (line, column) = Position(Math.Min(_utf8.Length, start + (exception.BytePositionInLine ?? 0)));

        // The library appends a position of its own, counted from 0 and in bytes.
        var position = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var message = position < 0 ? exception.Message : exception.Message[..position];
        return _context.Refuse(line, column, $"this is not valid JSON: {Echo.Sentence(message)}");
    }

    /// <summary>Counts on from the last position where that lies before on the same line: a minified file is one line.</summary>
    private (int Line, int Column) Position(long offset)
    {
        var line = _lineStarts.BinarySearch((int)offset);
        line = line < 0 ? ~line - 1 : line;
        var start = _lineStarts[line];
        var (known, column) = _last.Offset >= start && _last.Offset <= offset ? _last : (start, 1);
        _last = ((int)offset, column + Encoding.UTF8.GetCharCount(_utf8[known..(int)offset]));
        return (line + 1, _last.Column);
    }
}
