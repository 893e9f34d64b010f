using System.Net;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Engine.Tests.Endpoints;

public sealed class EndpointCredentialTests
{
    private static readonly NetworkCredential Me = new("me@office", "p@ss/w:rd %1");

    [Theory]
    [InlineData("postgresql://h:5432/db?sslmode=disable", "h:5432/db?sslmode=disable")]
    [InlineData("postgresql://other@h/db", "h/db")]
    [InlineData("postgresql://other:${env:P}@h/db", "h/db")]
    [InlineData("postgresql://other:${file:/run/secrets/a@b}@h/db", "h/db")]
    [InlineData("postgresql://h", "h")]
    [InlineData("postgresql://h/db?application_name=a@b", "h/db?application_name=a@b")]
    [InlineData("postgresql://:5432/db?host=/run", ":5432/db?host=/run")]
    public void A_credential_takes_the_place_of_user_and_password(string uri, string rest)
    {
        var endpoint = Endpoint.Parse(uri, "/base").WithCredential(Me);

        endpoint.Reveal().ShouldBe($"postgresql://me%40office:p%40ss%2Fw%3Ard%20%251@{rest}");
        endpoint.HoldsLiteralSecret.ShouldBeFalse();
    }

    [Fact]
    public void The_password_is_shown_nowhere_and_taken_out_of_a_driver_s_message()
    {
        var endpoint = Endpoint.Parse("postgresql://h/db", "/base").WithCredential(Me);

        endpoint.ToString().ShouldBe("postgresql://me%40office:${credential:password}@h/db");
        endpoint.Redact($"no entry with {Me.Password}").ShouldNotContain(Me.Password);
    }

    [Fact]
    public void A_file_takes_no_credential() =>
        Should.Throw<EndpointException>(() => Endpoint.Parse("sqlite:shop.db", "/base").WithCredential(Me)).Message.ShouldContain("sqlite:shop.db");

    [Fact]
    public void A_password_of_its_own_and_a_credential_are_one_too_many()
    {
        var error = Should.Throw<EndpointException>(() => Endpoint.Parse("postgresql://u:geheim@h/db", "/base").WithCredential(Me));

        error.Message.ShouldContain("h/db");
        error.Message.ShouldNotContain("geheim");
    }

    [Fact]
    public void A_credential_without_a_password_is_a_missing_secret() =>
        Should.Throw<SecretMissingException>(() => Endpoint.Parse("postgresql://h/db", "/base").WithCredential(new NetworkCredential("me", "")).Reveal());

    [Fact]
    public void A_reference_to_a_credential_has_nothing_behind_it_where_none_is_given() =>
        Should.Throw<SecretMissingException>(() => Endpoint.Parse("postgresql://u:${credential:password}@h/db", "/base").Reveal());
}
