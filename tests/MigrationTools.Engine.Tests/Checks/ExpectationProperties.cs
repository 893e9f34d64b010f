using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Tests.Checks;

public sealed class ExpectationProperties
{
    private static readonly string[] Operators = ["=", "!=", "<", "<=", ">", ">=", "matches"];

    [Fact]
    public void Decimals_compare_as_decimal_does() => Prop.ForAll<decimal, decimal>((left, right) =>
    {
        foreach (var (@operator, holds) in Orders(left.CompareTo(right)))
        {
            Verdict(Text(left), @operator, Text(right)).ShouldBe(holds ? Engine.Checks.Verdict.Passed : Engine.Checks.Verdict.Failed);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_number_equals_itself_however_it_is_written() => Prop.ForAll<long, byte>((number, zeros) =>
    {
        var written = Text(number);
        var padded = $"{written}.{new string('0', zeros)}";
        var scaled = string.Create(CultureInfo.InvariantCulture, $"{new BigInteger(number) * BigInteger.Pow(10, zeros)}e-{zeros}");
        Verdict(padded, "=", written).ShouldBe(Engine.Checks.Verdict.Passed);
        Verdict(scaled, "=", written).ShouldBe(Engine.Checks.Verdict.Passed);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_operator_and_its_opposite_never_both_pass() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        ArbMap.Default.ArbFor<NonNull<string>>(),
        (observed, expected) =>
        {
            foreach (var (one, other) in new[] { ("=", "!="), ("<", ">="), (">", "<=") })
            {
                var both = new[] { Verdict(observed.Get, one, expected.Get), Verdict(observed.Get, other, expected.Get) };
                both.Count(verdict => verdict == Engine.Checks.Verdict.Passed).ShouldBeLessThanOrEqualTo(1);
                both.Count(verdict => verdict == Engine.Checks.Verdict.Failed).ShouldBeLessThanOrEqualTo(1);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_value_passes_only_where_null_is_expected() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        expected =>
        {
            foreach (var @operator in Operators)
            {
                var isNull = expected.Get.Equals("null", StringComparison.OrdinalIgnoreCase) && @operator == "=";
                (Verdict(null, @operator, expected.Get) == Engine.Checks.Verdict.Passed).ShouldBe(isNull);
            }
        }).QuickCheckThrowOnFailure();

    private static IEnumerable<(string Operator, bool Holds)> Orders(int order) =>
        [("=", order == 0), ("!=", order != 0), ("<", order < 0), ("<=", order <= 0), (">", order > 0), (">=", order >= 0)];

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static Verdict Verdict(string? observed, string @operator, string expected) =>
        ExpectationEvaluator.Evaluate(new Expectation(@operator, expected), observed).Verdict;
}
