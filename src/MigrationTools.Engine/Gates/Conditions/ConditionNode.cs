using System.Globalization;

namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>A part of a condition. Two parts that mean the same are equal, wherever they stand.</summary>
internal abstract record ConditionNode
{
    /// <summary>Where it begins in the text, counted from 1.</summary>
    public int Position { get; init; }

    /// <summary>Whether it is true or false rather than a number.</summary>
    public virtual bool IsTruth => false;

    /// <summary>The figures in it, in order.</summary>
    public abstract IEnumerable<FigureNode> Figures { get; }

    /// <summary>The part as text, in brackets where what is around it binds tighter.</summary>
    public abstract string Print(int around);

    public virtual bool Equals(ConditionNode? other) => other is not null && other.EqualityContract == EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();
}

/// <summary>A number with its unit, as it was written.</summary>
internal sealed record NumberNode(decimal Number, ConditionUnit Unit) : ConditionNode
{
    public override IEnumerable<FigureNode> Figures => [];

    /// <summary>In the units of figures: milliseconds, shares of 1.</summary>
    public double Value => (double)(Unit switch
    {
        ConditionUnit.Seconds => Number * 1000,
        ConditionUnit.Percent => Number / 100,
        _ => Number,
    });

    public override string Print(int around) => Number.ToString("0.############################", CultureInfo.InvariantCulture) + Unit switch
    {
        ConditionUnit.Milliseconds => "ms",
        ConditionUnit.Seconds => "s",
        ConditionUnit.Percent => "%",
        _ => "",
    };
}

/// <summary>A figure.</summary>
internal sealed record FigureNode(FigureReference Reference) : ConditionNode
{
    public override IEnumerable<FigureNode> Figures => [this];

    public override string Print(int around) => Reference.ToString();
}

/// <summary>The number below zero.</summary>
internal sealed record SignNode(ConditionNode Of) : ConditionNode
{
    public override IEnumerable<FigureNode> Figures => Of.Figures;

    public override string Print(int around) => $"-{Of.Print(ConditionOperators.Sign)}";
}

/// <summary>Two parts and what joins them.</summary>
internal sealed record PairNode(ConditionOperator Operator, ConditionNode Left, ConditionNode Right) : ConditionNode
{
    public override bool IsTruth => Operator.IsLogical() || Operator.Compares();

    public override IEnumerable<FigureNode> Figures => Left.Figures.Concat(Right.Figures);

    public override string Print(int around)
    {
        var binding = Operator.Binding();
        var text = $"{Left.Print(binding)} {Operator.Spell()} {Right.Print(binding + 1)}";
        return binding < around ? $"({text})" : text;
    }
}
