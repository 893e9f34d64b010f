using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MigrationTools.Engine.Specs.Reading.Nodes;

/// <summary>
/// YAML text to nodes, from the parser's events: the library's own document model stops at the first duplicate key and
/// expands aliases without bounds.
/// </summary>
internal sealed class YamlNodes
{
    private const string CoreTags = "tag:yaml.org,2002:";

    private readonly ReadingContext _context;
    private readonly NodeBuilder _builder;
    private readonly string _text;
    private readonly int _lastLine;
    private readonly int _lastColumn;
    private readonly Parser _parser;

    // An anchor holds null while its own value is still being read: an alias to it there would be a circle.
    private readonly Dictionary<string, SpecNode?> _anchors = new(StringComparer.Ordinal);
    private readonly Stack<Mark> _open = new();
    private ParsingEvent _current = new StreamStart();

    private YamlNodes(string text, ReadingContext context)
    {
        _context = context;
        _builder = new NodeBuilder(context);
        _text = text;
        var lines = text.ReplaceLineEndings("\n");
        _lastLine = lines.AsSpan().Count('\n') + 1;
        _lastColumn = lines.Length - lines.LastIndexOf('\n');
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The document's value; null where there is none.</summary>
    /// <exception cref="SpecException">It is not YAML, or not one document.</exception>
    public static SpecNode? Parse(string text, ReadingContext context) => new YamlNodes(text, context).Document();

    private SpecNode? Document()
    {
        Next();
        if (Next() is StreamEnd)
        {
            return null;
        }

        Next();
        var root = Value(1);
        Next();
        return Next() is DocumentStart second
            ? throw Refuse(second.Start, "a second document begins here; a spec is one document.")
            : root;
    }

    private SpecNode Value(int depth)
    {
        var start = _current.Start;
        _builder.Count(Line(start), Column(start));
        if (_current is AnchorAlias alias)
        {
            return Alias(alias, depth);
        }

        // On some broken texts the library ends a mapping where a value should be.
        if (_current is not NodeEvent node)
        {
            throw Refuse(start, "this is not valid YAML: a value is missing here.");
        }

        var anchor = node.Anchor.IsEmpty ? null : node.Anchor.Value;
        if (anchor is not null)
        {
            _anchors[anchor] = null;
        }

        // "!" alone says only "not a number": it changes nothing here, where the form decides.
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
        {
            Mistake(start, $"the tag {Echo.Quote(node.Tag.Value.Replace(CoreTags, "!!", StringComparison.Ordinal))} is not used in a spec; quote a value to make it text.");
        }

        SpecNode value = _current switch
        {
            Scalar scalar => new ScalarNode(Line(start), Column(start), scalar.Value, scalar.Style is not ScalarStyle.Plain),
            SequenceStart => List(start, depth),
            _ => Mapping(start, depth),
        };
        if (anchor is not null)
        {
            _anchors[anchor] = value;
        }

        return value;
    }

    private SpecNode Alias(AnchorAlias alias, int depth)
    {
        var name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out var target))
        {
            var nearest = NearestName.Suggest(name, _anchors.Keys);
            Mistake(alias.Start, $"the alias {Echo.Quote('*' + name)} refers to no anchor before it{nearest}.");
        }
        else if (target is null)
        {
            Mistake(alias.Start, $"the alias {Echo.Quote('*' + name)} refers to the value that it stands in.");
        }

        return target is null ? new BrokenNode(Line(alias.Start), Column(alias.Start)) : _builder.Bounded(target, depth);
    }

    private ListNode List(Mark start, int depth)
    {
        Enter(start, depth);
        var items = new List<SpecNode>();
        while (Next() is not SequenceEnd)
        {
            items.Add(Value(depth + 1));
        }

        _open.Pop();
        return _builder.List(Line(start), Column(start), items, depth);
    }

    private MappingNode Mapping(Mark start, int depth)
    {
        Enter(start, depth);
        var pairs = new List<(SpecNode, SpecNode)>();
        while (Next() is not MappingEnd)
        {
            var key = Value(depth + 1);
            Next();
            pairs.Add((key, Value(depth + 1)));
        }

        _open.Pop();
        return _builder.Mapping(Line(start), Column(start), pairs, depth);
    }

    private void Enter(Mark start, int depth)
    {
        _builder.Enter(depth, Line(start), Column(start));
        _open.Push(start);
    }

    private ParsingEvent Next()
    {
        try
        {
            if (_parser.MoveNext() && _parser.Current is { } next)
            {
                return _current = next;
            }
        }
        catch (YamlException exception)
        {
            throw YamlSyntax.Refuse(exception, _text, Line(_current.End), _context);
        }
        catch (InvalidOperationException)
        {
            // The library's scanner ends so where the text ends or is unindented inside [ or {.
        }

        var open = _open.Count > 0 ? _open.Peek() : _current.Start;
        throw Refuse(open, "this is not valid YAML: what begins here is not closed.");
    }

    private void Mistake(Mark mark, string message) => _context.Mistake(Line(mark), Column(mark), message);

    private SpecException Refuse(Mark mark, string message) => _context.Refuse(Line(mark), Column(mark), message);

    // The library puts what it finds missing at the text's end on a line of its own behind it.
    private int Line(Mark mark) => (int)Math.Clamp(mark.Line, 1, _lastLine);

    private int Column(Mark mark) => mark.Line > _lastLine ? _lastColumn : (int)Math.Max(1, mark.Column);
}
