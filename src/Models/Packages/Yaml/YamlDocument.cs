using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace InferenceBridge.Models.Packages;

/// <summary>
/// Reads one YAML document into plain values. Depth is bounded, since a hostile file must not exhaust the stack, and an alias
/// stands for the value it names without being copied.
/// </summary>
internal sealed class YamlDocument
{
    private const int MaximumDepth = 64;
    private const int MaximumCharacters = 4 << 20;

    private readonly Dictionary<AnchorName, YamlValue> _anchors = [];
    private readonly Parser _parser;
    private readonly string _file;

    private YamlDocument(string text, string file) => (_parser, _file) = (new Parser(new StringReader(text)), file);

    /// <param name="text">The document.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileFormatInvalid"/>, with the line.</exception>
    public static YamlField Parse(string text, string file)
    {
        if (text.Length > MaximumCharacters)
        {
            throw Fault(file, $"has {text.Length} characters; accepted: at most {MaximumCharacters}.");
        }

        try
        {
            return new YamlField(file, "", new YamlDocument(text, file).Read());
        }
        catch (YamlException e)
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, file,
                $"{file} is not YAML at line {e.Start.Line}: {e.Message}", e);
        }
    }

    private static InferenceException Fault(string file, string what) => new(InferenceError.FileFormatInvalid, file, $"{file} {what}");

    private YamlValue Read()
    {
        while (_parser.MoveNext())
        {
            if (_parser.Current is DocumentStart)
            {
                _parser.MoveNext();
                return Value(0);
            }
        }

        throw Fault(_file, "is empty; accepted: a bioimage.io model description.");
    }

    private YamlValue Value(int depth)
    {
        if (depth > MaximumDepth)
        {
            throw Fault(_file, $"is nested more than {MaximumDepth} levels deep at line {_parser.Current!.Start.Line}.");
        }

        switch (_parser.Current)
        {
            case AnchorAlias alias:
                return _anchors.TryGetValue(alias.Value, out var named)
                    ? named
                    : throw Fault(_file, $"refers to \"{alias.Value}\" at line {alias.Start.Line}, which has no value before it.");
            case Scalar scalar:
                var isNothing = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "null" or "~" or "Null" or "NULL";
                return Keep(scalar, isNothing ? new YamlNothing() : new YamlText(scalar.Value));
            case SequenceStart sequence:
                var items = new List<YamlValue>();
                while (Next() is not SequenceEnd)
                {
                    items.Add(Value(depth + 1));
                }

                return Keep(sequence, new YamlList(items));
            case MappingStart mapping:
                return Keep(mapping, new YamlMap(Entries(depth)));
            default:
                throw Fault(_file, $"holds something unexpected at line {_parser.Current?.Start.Line}.");
        }
    }

    private Dictionary<string, YamlValue> Entries(int depth)
    {
        var entries = new Dictionary<string, YamlValue>(StringComparer.Ordinal);
        while (Next() is not MappingEnd)
        {
            var start = _parser.Current!.Start;
            var key = Value(depth + 1) is YamlText text ? text.Value : throw Fault(_file, $"has a name that is no text at line {start.Line}.");
            Next();
            if (!entries.TryAdd(key, Value(depth + 1)))
            {
                throw Fault(_file, $"has the name \"{key}\" twice at line {start.Line}.");
            }
        }

        return entries;
    }

    private YamlValue Keep(NodeEvent node, YamlValue value)
    {
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = value;
        }

        return value;
    }

    private ParsingEvent Next()
    {
        while (_parser.MoveNext())
        {
            if (_parser.Current is not Comment)
            {
                return _parser.Current!;
            }
        }

        throw Fault(_file, "ends too early.");
    }
}
