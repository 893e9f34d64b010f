namespace MigrationTools.Engine.Specs;

/// <summary>A comparison with a value: <c>&gt;= 150000</c>, <c>= 0</c>, <c>!= off</c>, <c>matches ^15\.</c>; a bare value means =.</summary>
/// <param name="Operator">One of =, !=, &lt;, &lt;=, &gt;, &gt;=, matches.</param>
/// <param name="Value">What is compared with: as numbers where both are numbers, as dotted versions where both look like one, otherwise as text (ordinal).</param>
public sealed record Expectation(string Operator, string Value)
{
    public override string ToString() => $"{Operator} {Value}";
}
