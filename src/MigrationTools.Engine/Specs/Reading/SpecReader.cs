using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Reading.Nodes;
using MigrationTools.Engine.Specs.Reading.Sections;

namespace MigrationTools.Engine.Specs.Reading;

/// <summary>
/// Reads specs: YAML, or JSON where the file's name ends with .json. Every mistake is found in one pass and told with file, line, column, the
/// expected form and the nearest valid name. Nothing is connected to, no secret is resolved, and no file besides the spec is looked at.
/// </summary>
/// <param name="vocabulary">What is wired in; <see cref="SpecVocabulary.BuiltIn"/> where it is null.</param>
public sealed class SpecReader(SpecVocabulary? vocabulary = null)
{
    /// <summary>A larger file is refused: 4 MiB.</summary>
    public const int MaxBytes = SpecFile.MaxBytes;

    private readonly SpecVocabulary _vocabulary = vocabulary ?? SpecVocabulary.BuiltIn;

    /// <summary>Reads a file. Relative paths in it are relative to its directory.</summary>
    /// <param name="path">The spec's file.</param>
    /// <param name="secrets">What its references mean; the environment and files where it is null.</param>
    /// <exception cref="SpecException">It can't be read or has mistakes.</exception>
    public MigrationSpec Read(string path, ISecretSource? secrets = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = SpecFile.Read(path);
        var fullPath = Path.GetFullPath(path);
        var context = new ReadingContext(path, Path.GetDirectoryName(fullPath)!, secrets, _vocabulary);
        var text = SpecFile.Decode(bytes, context);
        return Read(text, path, context) with { Path = fullPath, Text = text, Hash = SpecFile.Hash(bytes) };
    }

    /// <summary>Reads a spec's text, such as the copy that a run keeps. Its <see cref="MigrationSpec.Hash"/> is the same as that of the file that the text came from.</summary>
    /// <param name="text">The spec.</param>
    /// <param name="fileName">What mistakes name; .json at its end makes the text JSON.</param>
    /// <param name="directory">What relative paths are relative to.</param>
    /// <param name="secrets">What its references mean; the environment and files where it is null.</param>
    /// <exception cref="SpecException">It has mistakes.</exception>
    public MigrationSpec ReadText(string text, string fileName, string directory, ISecretSource? secrets = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        var context = new ReadingContext(fileName, Path.GetFullPath(directory), secrets, _vocabulary);
        var bytes = SpecFile.Encode(text);
        return bytes.Length > MaxBytes
            ? throw context.Refuse(1, 1, $"the text is larger than {MaxBytes / 1024 / 1024} MiB, which no spec is.")
            : Read(text, fileName, context) with { Text = text, Hash = SpecFile.Hash(bytes) };
    }

    private static MigrationSpec Read(string text, string fileName, ReadingContext context)
    {
        var content = text.StartsWith('\uFEFF') ? text[1..] : text;
        RefuseControlCharacters(content, context);
        var isJson = Path.GetExtension(fileName).Equals(".json", StringComparison.OrdinalIgnoreCase);
        var root = isJson ? JsonNodes.Parse(content, context) : YamlNodes.Parse(content, context);
        if (root is null or ScalarNode { IsNull: true })
        {
            throw context.Refuse(1, 1, "the spec is empty; expected at least 'id' and 'systems'.");
        }

        var isRead = new SpecSection().TryRead(root, context, out var spec);
        context.RunLater();
        return isRead && context.MistakeCount == 0 ? spec! : throw new SpecException(context.Mistakes);
    }

    /// <summary>YAML and JSON forbid them (YAML 1.2.2, section 5.1); the YAML library takes a 0 for the end of the text and would drop the rest in silence.</summary>
    private static void RefuseControlCharacters(string text, ReadingContext context)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] is (< ' ' and not ('\t' or '\n' or '\r')) or '\u007F' or '\uFFFE' or '\uFFFF')
            {
                var line = text.AsSpan(0, index).Count('\n') + 1;
                var column = index - text.LastIndexOf('\n', index);
                throw context.Refuse(line, column, $"there is a control character here (U+{(int)text[index]:X4}); a spec is plain text.");
            }
        }
    }
}
