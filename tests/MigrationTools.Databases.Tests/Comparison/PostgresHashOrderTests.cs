using MigrationTools.Databases.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>In what order columns are chained: looked at for every table of up to six columns of six kinds.</summary>
public sealed class PostgresHashOrderTests
{
    private static readonly PostgresHashForm[] Kinds =
        [PostgresHashForm.Number, PostgresHashForm.Float, PostgresHashForm.Whole, PostgresHashForm.Text, PostgresHashForm.Timestamp, PostgresHashForm.Truth];

    [Fact]
    public void Every_column_is_in_a_hash_once_but_booleans_which_are_flags()
    {
        foreach (var (forms, links) in All())
        {
            links.Where(link => link.Kind is PostgresHashLinkKind.Hash or PostgresHashLinkKind.Fold).Select(link => link.Column).Order()
                .ShouldBe(Enumerable.Range(0, forms.Length).Where(column => forms[column] != PostgresHashForm.Truth), Tell(forms, links));
        }
    }

    [Fact]
    public void What_may_give_its_seed_back_is_followed_by_what_mixes_it()
    {
        foreach (var (forms, links) in All())
        {
            IsMixing(forms, links[^1]).ShouldBeTrue(Tell(forms, links));
            for (var place = 0; place < links.Count; place++)
            {
                if (links[place].Kind == PostgresHashLinkKind.Hash && forms[links[place].Column] == PostgresHashForm.Number)
                {
                    IsMixing(forms, links[place + 1]).ShouldBeTrue(Tell(forms, links));
                }
                else if (links[place].Kind == PostgresHashLinkKind.Hash && forms[links[place].Column] == PostgresHashForm.Float)
                {
                    (links[place + 1].Kind == PostgresHashLinkKind.Step || IsMixing(forms, links[place + 1])).ShouldBeTrue(Tell(forms, links));
                }
            }
        }
    }

    [Fact]
    public void A_whole_number_goes_only_into_a_seed_that_is_mixed_and_alone_only_where_what_follows_folds_none()
    {
        foreach (var (forms, links) in All())
        {
            for (var place = 0; place < links.Count; place++)
            {
                if (links[place].Kind == PostgresHashLinkKind.Hash && forms[links[place].Column] == PostgresHashForm.Whole)
                {
                    (place > 0 && IsMixing(forms, links[place - 1])).ShouldBeTrue(Tell(forms, links));
                }
                else if (links[place].Kind == PostgresHashLinkKind.Fold)
                {
                    place.ShouldBeGreaterThan(0, Tell(forms, links));
                    (IsMixing(forms, links[place - 1]) && IsMixing(forms, links[place + 1])).ShouldBeTrue(Tell(forms, links));
                    forms[links[place + 1].Column].ShouldNotBe(PostgresHashForm.Whole, Tell(forms, links));
                }
            }
        }
    }

    [Fact]
    public void No_hash_is_made_that_is_not_needed()
    {
        Order(PostgresHashForm.Whole, PostgresHashForm.Text, PostgresHashForm.Number, PostgresHashForm.Timestamp, PostgresHashForm.Truth, PostgresHashForm.Text)
            .ShouldBe("Hash 2, Hash 1, Fold 0, Hash 3, Hash 5");
        Order(PostgresHashForm.Whole, PostgresHashForm.Whole, PostgresHashForm.Text, PostgresHashForm.Text).ShouldBe("Hash 2, Fold 0, Hash 3, Hash 1");
        Order(PostgresHashForm.Whole).ShouldBe("Mix -1, Hash 0");
        Order(PostgresHashForm.Float, PostgresHashForm.Float, PostgresHashForm.Whole).ShouldBe("Hash 0, Step 1, Hash 1, Mix -1, Hash 2");
        Order(PostgresHashForm.Truth).ShouldBe("Mix -1");
    }

    private static string Order(params PostgresHashForm[] forms) => string.Join(", ", PostgresHashOrder.Of(forms).Select(link => $"{link.Kind} {link.Column}"));

    private static bool IsMixing(PostgresHashForm[] forms, PostgresHashLink link) =>
        link.Kind == PostgresHashLinkKind.Mix || (link.Kind == PostgresHashLinkKind.Hash && forms[link.Column] is not (PostgresHashForm.Number or PostgresHashForm.Float));

    private static string Tell(PostgresHashForm[] forms, IReadOnlyList<PostgresHashLink> links) => $"{string.Join(", ", forms)}: {string.Join(", ", links)}";

    private static IEnumerable<(PostgresHashForm[] Forms, IReadOnlyList<PostgresHashLink> Links)> All()
    {
        IEnumerable<PostgresHashForm[]> tables = Kinds.Select(kind => new[] { kind });
        for (var columns = 1; columns <= 6; columns++)
        {
            var some = tables.ToList();
            foreach (var forms in some)
            {
                yield return (forms, PostgresHashOrder.Of(forms));
            }

            tables = some.SelectMany(forms => Kinds.Select(kind => (PostgresHashForm[])[.. forms, kind]));
        }
    }
}
