using MigrationTools.Engine.Rollouts.ParallelRun;
using MigrationTools.Engine.Statistics;

namespace MigrationTools.Engine.Tests.Rollouts;

public sealed class AnswerLedgerTests
{
    private const string Path = "/orders/{n}";

    [Fact]
    public void One_seeded_difference_in_a_thousand_answers_is_found_and_times_and_random_ids_are_not()
    {
        var ledger = new AnswerLedger();
        for (var request = 1; request <= 1000; request++)
        {
            var total = request == 617 ? "12.51" : "12.50";
            ledger.Add(request, Path, $"/orders/{request}", Order("12.50", request * 3), Order("12.50", (request * 3) + 1), Order(total, (request * 3) + 2));
        }

        var found = ledger.Find().ShouldHaveSingleItem();
        found.Request.ShouldBe(617);
        found.Fields.ShouldHaveSingleItem().ShouldBe(new FieldDifference("/total", "12.50", "12.51"));
        ledger.Noise.ShouldBe(["/orders/{n} /at", "/orders/{n} /lines/*/trace"]);
    }

    [Fact]
    public void Noise_that_shows_late_takes_back_an_earlier_suspicion()
    {
        var ledger = new AnswerLedger();
        ledger.Add(1, Path, "/orders/1", Json("""{"at":1}"""), Json("""{"at":1}"""), Json("""{"at":2}"""));
        ledger.Find().Count.ShouldBe(1);

        ledger.Add(2, Path, "/orders/2", Json("""{"at":3}"""), Json("""{"at":4}"""), Json("""{"at":4}"""));

        ledger.Find().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":null}""", """{}""")]
    [InlineData("""{"a":[]}""", """{"a":{}}""")]
    [InlineData("""[1,2]""", """[2,1]""")]
    [InlineData("one\ntwo", "one\ntwo\n")]
    public void Answers_that_are_not_the_same_differ(string source, string target)
    {
        var ledger = new AnswerLedger();

        ledger.Add(1, Path, "/orders/1", Json(source), Json(source), Json(target));

        ledger.Find().ShouldNotBeEmpty();
    }

    [Fact]
    public void The_order_of_members_is_no_difference()
    {
        var ledger = new AnswerLedger();

        ledger.Add(1, Path, "/orders/1", Json("""{"a":1,"b":2}"""), Json("""{"a":1,"b":2}"""), Json("""{"b":2, "a":1}"""));

        ledger.Find().ShouldBeEmpty();
    }

    [Fact]
    public void An_old_side_that_does_not_answer_compares_nothing_and_a_new_side_that_does_not_differs()
    {
        var ledger = new AnswerLedger();
        var silent = new ServiceAnswer(null, null, "refused");

        ledger.Add(1, Path, "/orders/1", silent, Json("{}"), Json("{}"));
        ledger.Add(2, Path, "/orders/2", Json("{}"), Json("{}"), silent);

        (ledger.Compared, ledger.Unanswered).ShouldBe((1, 1));
        ledger.Find().ShouldHaveSingleItem().Fields.ShouldContain(field => field.Place == "status");
    }

    [Fact]
    public void Nothing_seen_in_n_is_bounded_by_the_rule_of_three()
    {
        BinomialInterval.Upper(0, 1000, 0.95).ShouldBe(1 - Math.Pow(0.05, 1 / 1000d), 1e-9);
        BinomialInterval.Upper(5, 5, 0.95).ShouldBe(1);
    }

    private static ServiceAnswer Order(string total, int noise) => Json($$"""{"total":{{total}},"at":{{noise}},"lines":[{"sku":"a","trace":"{{noise}}"}]}""");

    private static ServiceAnswer Json(string body) => new(200, "application/json", body);
}
