using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading;

/// <summary>One reading of one spec: where it comes from, where in it the reader is, and every mistake found so far.</summary>
internal sealed class ReadingContext(string file, string directory, ISecretSource? secrets, SpecVocabulary vocabulary)
{
    // A file of another kind has a mistake in every line; a screen holds fewer.
    private const int MostMistakes = 100;

    private readonly List<SpecMistake> _mistakes = [];
    private readonly List<string> _path = [];
    private readonly List<(string[] Path, Action Check)> _later = [];

    /// <summary>What relative paths are relative to.</summary>
    public string Directory { get; } = directory;

    public ISecretSource? Secrets { get; } = secrets;

    public SpecVocabulary Vocabulary { get; } = vocabulary;

    /// <summary>The systems seen so far; all of them once <see cref="RunLater"/> runs.</summary>
    public SystemRegistry Systems { get; } = new();

    /// <summary>Likewise the metrics.</summary>
    public MetricRegistry Metrics { get; } = new();

    public int MistakeCount => _mistakes.Count;

    /// <summary>In order of place, each once: an alias shows its anchor's mistakes wherever it is used. Past a hundred, only how many more there are.</summary>
    public IReadOnlyList<SpecMistake> Mistakes
    {
        get
        {
            var all = _mistakes.Distinct().OrderBy(mistake => mistake.Line).ThenBy(mistake => mistake.Column).ToList();
            return all.Count <= MostMistakes
                ? all
                : [.. all.Take(MostMistakes), all[MostMistakes] with { Message = $"… and {all.Count - MostMistakes} more mistakes from here on." }];
        }
    }

    /// <summary>Notes a mistake about the value that is being read.</summary>
    public void Mistake(SpecNode at, string message) => Mistake(at.Line, at.Column, message);

    /// <summary>Likewise of a part of it.</summary>
    public void MistakeWithin(string part, SpecNode at, string message) => Within(part, () =>
    {
        Mistake(at, message);
        return false;
    });

    public void Mistake(int line, int column, string message) =>
        _mistakes.Add(new SpecMistake(file, line, column, _path.Count == 0 ? message : $"{Where()}: {message}"));

    /// <summary>A mistake after which nothing more can be read; what was found before it is told too.</summary>
    public SpecException Refuse(int line, int column, string message)
    {
        _mistakes.Add(new SpecMistake(file, line, column, message));
        return new SpecException(Mistakes);
    }

    /// <summary>Reads something below the current value.</summary>
    public T Within<T>(string part, Func<T> read)
    {
        _path.Add(part);
        try
        {
            return read();
        }
        finally
        {
            _path.RemoveAt(_path.Count - 1);
        }
    }

    /// <summary>Puts a check off until the whole spec is read: systems may be named before they are described.</summary>
    public void Later(Action check) => _later.Add(([.. _path], check));

    public void RunLater()
    {
        foreach (var (path, check) in _later)
        {
            _path.Clear();
            _path.AddRange(path);
            check();
        }

        _path.Clear();
    }

    private string Where() => string.Join('.', _path.Select(Echo.Plain)).Replace(".[", "[", StringComparison.Ordinal);
}
