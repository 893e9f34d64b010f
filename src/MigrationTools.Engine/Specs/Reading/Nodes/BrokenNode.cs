namespace MigrationTools.Engine.Specs.Reading.Nodes;

/// <summary>A value whose mistake is told already, such as an alias to nothing; no form says more about it.</summary>
internal sealed class BrokenNode(int line, int column) : SpecNode(line, column)
{
    public override string Describe() => "nothing";
}
