using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Tests.Checks;

public sealed class ExpectationEvaluatorTests
{
    [Theory]
    [InlineData("10", ">", "9")]
    [InlineData("9", "<", "10")]
    [InlineData("-10", "<", "-9")]
    [InlineData("1.50", "=", "1.5")]
    [InlineData("1", "=", "1.0")]
    [InlineData("-0", "=", "0")]
    [InlineData("1e3", "=", "1000")]
    [InlineData(" 7 ", "=", "7")]
    [InlineData(".5", "=", "0.5")]
    [InlineData("160003", ">=", "150000")]
    [InlineData("1e300", ">", "99999999999999999999999999999999999999")]
    [InlineData("Infinity", ">", "1e308")]
    [InlineData("-Infinity", "<", "-1e308")]
    [InlineData("3", "<=", "3")]
    [InlineData("4", "!=", "3")]
    public void Two_numbers_compare_by_value(string observed, string @operator, string expected) =>
        Verdict(observed, @operator, expected).ShouldBe(Engine.Checks.Verdict.Passed);

    [Theory]
    [InlineData("9", ">", "10")]
    [InlineData("10", "=", "9")]
    [InlineData("3", "!=", "3.00")]
    [InlineData("3", "<", "3")]
    [InlineData("-Infinity", ">", "0")]
    public void Two_numbers_that_do_not_hold_fail(string observed, string @operator, string expected) =>
        Verdict(observed, @operator, expected).ShouldBe(Engine.Checks.Verdict.Failed);

    [Fact]
    public void Numbers_that_differ_after_the_thirtieth_digit_are_not_equal()
    {
        // decimal.Parse rounds both of them to the same value, and so does double.Parse.
        Verdict("0.12345678901234567890123456789012", "=", "0.12345678901234567890123456789013").ShouldBe(Engine.Checks.Verdict.Failed);
        Verdict("100000000000000000000000000000000000001", ">", "100000000000000000000000000000000000000").ShouldBe(Engine.Checks.Verdict.Passed);
    }

    [Theory]
    [InlineData("15.10.0", ">", "15.9.0")]
    [InlineData("1.10", ">", "1.9.0")]
    [InlineData("2.0.5", "=", "2.0.5.0")]
    [InlineData("15.2", "=", "15.2.0")]
    [InlineData("16", ">=", "15.2.1")]
    public void Digits_between_dots_compare_as_versions_where_one_side_has_three_parts(string observed, string @operator, string expected) =>
        Verdict(observed, @operator, expected).ShouldBe(Engine.Checks.Verdict.Passed);

    [Fact]
    public void Two_texts_with_one_dot_each_are_numbers()
    {
        Verdict("1.10", ">", "1.9").ShouldBe(Engine.Checks.Verdict.Failed);
        Verdict("1.10", "=", "1.1").ShouldBe(Engine.Checks.Verdict.Passed);
    }

    [Theory]
    [InlineData("=", "NaN")]
    [InlineData("!=", "5")]
    [InlineData(">", "5")]
    [InlineData("<", "5")]
    [InlineData("<=", "Infinity")]
    [InlineData("matches", "NaN")]
    [InlineData("!=", "text")]
    public void NaN_never_passes(string @operator, string expected)
    {
        foreach (var spelling in new[] { "NaN", "nan", " NaN ", "-nan" })
        {
            Verdict(spelling, @operator, expected).ShouldBe(Engine.Checks.Verdict.Inconclusive);
        }
    }

    [Theory]
    [InlineData("9.6 (Debian)", ">=", "15")]
    [InlineData("abc", "<", "15")]
    [InlineData("", ">", "-1")]
    [InlineData("15.18 (Debian 15.18-0)", ">=", "15.0.0")]
    public void A_text_has_no_order_against_a_number_or_a_version(string observed, string @operator, string expected) =>
        Verdict(observed, @operator, expected).ShouldBe(Engine.Checks.Verdict.Inconclusive);

    [Theory]
    [InlineData("abc", "=", "5", Engine.Checks.Verdict.Failed)]
    [InlineData("abc", "!=", "5", Engine.Checks.Verdict.Passed)]
    [InlineData("on", "=", "on", Engine.Checks.Verdict.Passed)]
    [InlineData("On", "=", "on", Engine.Checks.Verdict.Failed)]
    [InlineData("on ", "=", "on", Engine.Checks.Verdict.Failed)]
    [InlineData("B", "<", "a", Engine.Checks.Verdict.Passed)]
    [InlineData("", "=", "", Engine.Checks.Verdict.Passed)]
    public void Texts_compare_ordinally(string observed, string @operator, string expected, Verdict verdict) =>
        Verdict(observed, @operator, expected).ShouldBe(verdict);

    [Theory]
    [InlineData("t", "=", "true", Engine.Checks.Verdict.Passed)]
    [InlineData("1", "=", "true", Engine.Checks.Verdict.Passed)]
    [InlineData("f", "=", "true", Engine.Checks.Verdict.Failed)]
    [InlineData("0", "=", "false", Engine.Checks.Verdict.Passed)]
    [InlineData("t", "!=", "false", Engine.Checks.Verdict.Passed)]
    [InlineData("2", "=", "true", Engine.Checks.Verdict.Failed)]
    [InlineData("t", "=", "1", Engine.Checks.Verdict.Failed)]
    public void A_boolean_is_known_by_the_engines_spellings(string observed, string @operator, string expected, Verdict verdict) =>
        Verdict(observed, @operator, expected).ShouldBe(verdict);

    [Theory]
    [InlineData("=", "5")]
    [InlineData("!=", "5")]
    [InlineData("=", "")]
    [InlineData("matches", "^.*$")]
    [InlineData("matches", "null")]
    public void No_value_is_inconclusive(string @operator, string expected) =>
        Verdict(null, @operator, expected).ShouldBe(Engine.Checks.Verdict.Inconclusive);

    [Fact]
    public void No_value_passes_where_null_is_expected()
    {
        Verdict(null, "=", "null").ShouldBe(Engine.Checks.Verdict.Passed);
        Verdict(null, "=", "NULL").ShouldBe(Engine.Checks.Verdict.Passed);
        Verdict(null, "!=", "null").ShouldBe(Engine.Checks.Verdict.Failed);
        Verdict("5", "!=", "null").ShouldBe(Engine.Checks.Verdict.Passed);
        Verdict(null, "<", "null").ShouldBe(Engine.Checks.Verdict.Error);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("NULL")]
    [InlineData("<null>")]
    [InlineData("")]
    public void The_text_null_is_not_null(string observed)
    {
        Verdict(observed, "=", "null").ShouldBe(Engine.Checks.Verdict.Failed);
        Verdict(observed, "!=", "null").ShouldBe(Engine.Checks.Verdict.Passed);
    }

    [Fact]
    public void A_regular_expression_is_looked_for_anywhere_unless_anchored()
    {
        Verdict("PostgreSQL 15.18", "matches", @"15\.").ShouldBe(Engine.Checks.Verdict.Passed);
        Verdict("PostgreSQL 15.18", "matches", @"^15\.").ShouldBe(Engine.Checks.Verdict.Failed);
        Verdict("null", "matches", "^null$").ShouldBe(Engine.Checks.Verdict.Passed);
    }

    [Fact]
    public void A_broken_regular_expression_is_an_error() =>
        Verdict("x", "matches", "(").ShouldBe(Engine.Checks.Verdict.Error);

    [Fact]
    public void A_regular_expression_that_explodes_is_an_error()
    {
        var outcome = ExpectationEvaluator.Evaluate(new Expectation("matches", "^(a+)+$"), new string('a', 60) + "!");

        outcome.Verdict.ShouldBe(Engine.Checks.Verdict.Error);
        outcome.Message.ShouldContain("longer than 1 s");
    }

    [Fact]
    public void An_unknown_operator_is_an_error() => Verdict("5", "~", "5").ShouldBe(Engine.Checks.Verdict.Error);

    [Fact]
    public void The_message_names_what_was_seen_and_what_was_expected()
    {
        var outcome = ExpectationEvaluator.Evaluate(new Expectation("=", "0"), "3");

        outcome.Message.ShouldBe("observed '3', expected = 0");
    }

    [Fact]
    public void A_long_value_is_cut_in_the_message_and_says_so()
    {
        var outcome = ExpectationEvaluator.Evaluate(new Expectation("=", "0"), new string('x', 5000));

        outcome.Message.Length.ShouldBeLessThan(200);
        outcome.Message.ShouldContain("(5000 characters)");
    }

    private static Verdict Verdict(string? observed, string @operator, string expected) =>
        ExpectationEvaluator.Evaluate(new Expectation(@operator, expected), observed).Verdict;
}
