namespace MigrationTools.Engine.Specs.Reading.Nodes;

/// <summary>A value of a spec's text and where it begins (line and column from 1, columns in UTF-16 units as editors count them).</summary>
internal abstract class SpecNode(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>Levels of lists and mappings below and with this one; aliases count as what they stand for.</summary>
    public virtual int Height => 0;

    /// <summary>Values in it and itself; aliases count as what they stand for.</summary>
    public virtual long Size => 1;

    /// <summary>What it is, for "expected …, found …".</summary>
    public abstract string Describe();
}
