using FsCheck;
using FsCheck.Fluent;
using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Tests.Gates;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("p95 < 250ms", "api.p95 < 250ms")]
    [InlineData("error_rate<=0.5%", "api.error_rate <= 0.5%")]
    [InlineData("canary.p95 <= baseline.p95 * 1.1", "api.p95 <= baseline.api.p95 * 1.1")]
    [InlineData("availability >= 99.9 %", "api.availability >= 99.9%")]
    [InlineData("canary.api.p95 < 1 s", "api.p95 < 1s")]
    [InlineData("target.api.p95 - source.p95 < 10ms", "api.p95 - baseline.api.p95 < 10ms")]
    [InlineData("queue.value < 100", "queue.value < 100")]
    [InlineData("value < 100", "queue.value < 100")]
    [InlineData("(p95 + p50) / 2 < 5ms + -(1ms) OR (rate > 1 and rate != 2)", "(api.p95 + api.p50) / 2 < 5ms + -1ms or api.rate > 1 and api.rate != 2")]
    [InlineData("rate > 1 and (p50 < 1ms or p95 < 1ms)", "api.rate > 1 and (api.p50 < 1ms or api.p95 < 1ms)")]
    [InlineData("p95 - (p50 - mean) > 0", "api.p95 - (api.p50 - api.mean) > 0")]
    public void A_condition_is_read_and_printed(string text, string printed) => Condition.Parse(text, Windows.Metrics).ToString().ShouldBe(printed);

    [Theory]
    [InlineData("", 1, "expected a figure such as p95 or a number such as 250ms, found the end")]
    [InlineData("p95", 1, "this is a number and no condition")]
    [InlineData("p95 <", 6, "found the end")]
    [InlineData("p95 < 250msec", 10, "'msec' is no unit; use ms, s or %")]
    [InlineData("p95 < 5m", 8, "'m' is no unit")]
    [InlineData("p95 == 5ms", 5, "'==' is no operator here; did you mean '='?")]
    [InlineData("p95 => 5ms", 5, "did you mean '>='?")]
    [InlineData("p95 < 5ms && p50 < 1ms", 11, "did you mean 'and'?")]
    [InlineData("p95 < 5ms an p50 < 1ms", 11, "expected an operator or the end, found 'an'; did you mean 'and'?")]
    [InlineData("p95 < 5ms < 6ms", 11, "join comparisons with 'and' or 'or'")]
    [InlineData("p95 and p50 < 1ms", 1, "'and' joins comparisons, and this is a number")]
    [InlineData("(p95 < 5ms", 11, "expected ')' for the '(' at character 1")]
    [InlineData("p95 < .5", 7, "a number begins with a digit")]
    [InlineData("p95 < 5ms;", 10, "a condition has no ';' in it")]
    [InlineData("and p95 < 5ms", 1, "'and' stands between two comparisons")]
    [InlineData("1 < 2", 1, "looks at no figure")]
    [InlineData("p95 < 5ms or 1 < 2", 14, "looks at no figure")]
    [InlineData("p95 <= p95", 5, "both sides of this comparison are the same")]
    [InlineData("canary < 5", 1, "names a side and no figure")]
    [InlineData("a.b.c.d < 5", 1, "too many parts")]
    [InlineData("p95 < 5%", 7, "p95 is a time")]
    [InlineData("error_rate < 5", 14, "write 5% or 0.05")]
    [InlineData("error_rate <= 1", 15, "write 1% or 0.01 (100% where all of them are meant)")]
    [InlineData("1 < error_rate", 1, "write 1% or 0.01")]
    [InlineData("error_rate = 100", 14, "write 100%")]
    [InlineData("error_rate <= baseline.error_rate + 5", 37, "write 5% or 0.05")]
    [InlineData("error_rate - baseline.error_rate < 1", 36, "write 1% or 0.01")]
    [InlineData("error_rate > 100%", 12, "error_rate is 0 to 1 (100%), so this comparison is always false and says nothing")]
    [InlineData("error_rate <= 100%", 12, "so this comparison is always true and says nothing; give a limit that can be crossed")]
    [InlineData("error_rate <= baseline.error_rate + 100%", 12, "always true")]
    [InlineData("error_rate < 0%", 12, "always false")]
    [InlineData("availability >= 0", 14, "availability is 0 to 1 (100%), so this comparison is always true")]
    [InlineData("0 > p95", 3, "p95 is 0 or more, so this comparison is always false")]
    [InlineData("requests >= 0", 10, "requests is 0 or more, so this comparison is always true")]
    [InlineData("p95 < 5ms or p95 != -1", 18, "always true")]
    [InlineData("(p95 + p50) / 2 >= 0", 17, "p95 and p50 are 0 or more, so this comparison is always true")]
    [InlineData("queue.value * 0 < 5", 17, "no value changes its outcome, so this comparison is always true")]
    [InlineData("requests > 5ms", 12, "requests is a count; write it without a unit")]
    [InlineData("rate < 5%", 8, "rate is a count")]
    [InlineData("error_rate < 5ms", 14, "error_rate is a share")]
    [InlineData("999 > availability", 1, "use a share such as 0.5%")]
    [InlineData("p96 < 5ms", 1, "no metric gives 'p96'; did you mean")]
    [InlineData("ap.p95 < 5ms", 1, "no metric is named 'ap'; did you mean 'api'?")]
    [InlineData("api.value < 5", 1, "the metric 'api' gives no 'value'. It gives p50")]
    [InlineData("queue < 5", 1, "'queue' is a metric; say which of its figures, as in queue.value")]
    public void A_mistake_is_told_with_its_place(string text, int position, string problem)
    {
        var wrong = Should.Throw<ConditionException>(() => Condition.Parse(text, Windows.Metrics));

        wrong.Position.ShouldBe(position);
        wrong.Message.ShouldContain(problem);
    }

    /// <summary>What a value can decide either way is a condition, however odd.</summary>
    [Theory]
    [InlineData("error_rate < 100%")]
    [InlineData("error_rate > 0")]
    [InlineData("error_rate = 100%")]
    [InlineData("1 - availability < 0.5%")]
    [InlineData("error_rate * 100 < 5")]
    [InlineData("error_rate * requests < 5")]
    [InlineData("error_rate / baseline.error_rate < 2")]
    [InlineData("error_rate <= baseline.error_rate + 0.5%")]
    [InlineData("p95 > 0ms")]
    [InlineData("requests > 0")]
    [InlineData("queue.value >= 0")]
    [InlineData("queue.value < 5s")]
    [InlineData("p95 <= baseline.p95 * 1.1")]
    [InlineData("p95 - baseline.p95 >= 0")]
    [InlineData("requests / baseline.requests >= 0")]
    public void A_comparison_that_a_value_can_decide_is_taken(string text) => Should.NotThrow(() => Condition.Parse(text, Windows.Metrics));

    [Fact]
    public void Nesting_without_end_is_a_mistake_and_no_crash() =>
        Should.Throw<ConditionException>(() => Condition.Parse(new string('(', 900) + "p95 < 1", Windows.Metrics)).Message.ShouldContain("levels");

    [Theory]
    [InlineData("p95 < 250ms", ConditionAnswer.Holds)]
    [InlineData("p95 < 0.1s", ConditionAnswer.Fails)]
    [InlineData("error_rate <= 10%", ConditionAnswer.Holds)]
    [InlineData("error_rate < 9%", ConditionAnswer.Fails)]
    [InlineData("canary.p95 <= baseline.p95 * 1.1", ConditionAnswer.Fails)]
    [InlineData("canary.p95 <= baseline.p95 * 2 and error_rate < 50%", ConditionAnswer.Holds)]
    [InlineData("p95 / (rate - rate * 1) < 1", ConditionAnswer.Unknown)]
    [InlineData("queue.value < 5", ConditionAnswer.Unknown)]
    [InlineData("queue.value < 5 or p95 < 250ms", ConditionAnswer.Holds)]
    [InlineData("queue.value < 5 or p95 < 1ms", ConditionAnswer.Unknown)]
    [InlineData("queue.value < 5 and p95 < 250ms", ConditionAnswer.Unknown)]
    [InlineData("queue.value < 5 and p95 < 1ms", ConditionAnswer.Fails)]
    public void A_condition_is_looked_at(string text, ConditionAnswer answer)
    {
        MetricWindow[] windows = [Windows.Steady(EndpointSide.Source, 80), Windows.Steady(EndpointSide.Target, 120, count: 90, errors: 10)];

        var outcome = Condition.Parse(text, Windows.Metrics).Evaluate(windows, 20);

        outcome.Answer.ShouldBe(answer);
        outcome.Seen.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(0, 0, "p95 < 250ms", ConditionAnswer.Unknown)]
    [InlineData(0, 0, "error_rate < 5%", ConditionAnswer.Unknown)]
    [InlineData(0, 0, "requests < 5", ConditionAnswer.Unknown)]
    [InlineData(0, 100, "p95 < 250ms", ConditionAnswer.Unknown)]
    [InlineData(0, 100, "error_rate < 5%", ConditionAnswer.Fails)]
    [InlineData(0, 100, "error_rate = 100%", ConditionAnswer.Holds)]
    [InlineData(19, 0, "p95 < 250ms", ConditionAnswer.Unknown)]
    [InlineData(20, 0, "p95 < 250ms", ConditionAnswer.Holds)]
    [InlineData(5, 100, "p95 < 250ms", ConditionAnswer.Unknown)]
    [InlineData(5, 15, "error_rate > 5%", ConditionAnswer.Holds)]
    public void Too_few_samples_say_nothing(int answered, int failed, string text, ConditionAnswer answer) =>
        Condition.Parse(text, Windows.Metrics).Evaluate([Windows.Steady(EndpointSide.Target, 100, answered, failed)], 20).Answer.ShouldBe(answer);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_figure_that_is_no_number_is_unknown(double value)
    {
        var window = Windows.Value(EndpointSide.Target, value);

        foreach (var text in new[] { "queue.value < 5", "queue.value >= 5", "queue.value != 5" })
        {
            Condition.Parse(text, Windows.Metrics).Evaluate([window], 20).Answer.ShouldBe(ConditionAnswer.Unknown);
        }
    }

    [Fact]
    public void What_is_printed_is_read_as_the_same() => Prop.ForAll(Arb.From(Conditions()), node =>
        ConditionParser.Parse(node.Print(0)).ShouldBe(node)).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static Gen<ConditionNode> Conditions() => Truth(3);

    private static Gen<ConditionNode> Truth(int depth)
    {
        var comparison =
            from figure in Figure()
            from @operator in Gen.Elements(ConditionOperator.Less, ConditionOperator.LessOrEqual, ConditionOperator.Greater, ConditionOperator.GreaterOrEqual, ConditionOperator.Equal, ConditionOperator.NotEqual)
            from other in Number(2)
            where !figure.Equals(other)
            select (ConditionNode)new PairNode(@operator, figure, new PairNode(ConditionOperator.Add, other, figure));
        return depth == 0 ? comparison : Gen.OneOf(
            comparison,
            from @operator in Gen.Elements(ConditionOperator.And, ConditionOperator.Or)
            from left in Truth(depth - 1)
            from right in Truth(depth - 1)
            select (ConditionNode)new PairNode(@operator, left, right));
    }

    private static Gen<ConditionNode> Number(int depth)
    {
        var literal =
            from units in Gen.Choose(0, 1_000_000)
            from unit in Gen.Elements(ConditionUnit.None, ConditionUnit.Milliseconds, ConditionUnit.Seconds, ConditionUnit.Percent)
            select (ConditionNode)new NumberNode(units / 1000m, unit);
        return depth == 0 ? Gen.OneOf(literal, Figure()) : Gen.OneOf(
            literal,
            Figure(),
            Number(depth - 1).Select(of => (ConditionNode)new SignNode(of)),
            from @operator in Gen.Elements(ConditionOperator.Add, ConditionOperator.Subtract, ConditionOperator.Multiply, ConditionOperator.Divide)
            from left in Number(depth - 1)
            from right in Number(depth - 1)
            select (ConditionNode)new PairNode(@operator, left, right));
    }

    private static Gen<ConditionNode> Figure() =>
        from side in Gen.Elements(EndpointSide.Source, EndpointSide.Target)
        from metric in Gen.Elements<string?>(null, "api", "queue_2")
        from figure in Gen.Elements("p95", "requests", "value", "depth")
        select (ConditionNode)new FigureNode(new FigureReference(side, metric, figure));
}
