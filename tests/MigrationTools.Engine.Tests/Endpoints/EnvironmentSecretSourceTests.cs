using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Engine.Tests.Endpoints;

public sealed class EnvironmentSecretSourceTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("migrationtools-secrets-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("hunter2", "hunter2")]
    [InlineData("hunter2\n", "hunter2")]
    [InlineData("hunter2\r\n", "hunter2")]
    [InlineData("hunter2\n\n", "hunter2\n")]
    [InlineData(" hunter2 ", " hunter2 ")]
    [InlineData("\n", null)]
    [InlineData("", null)]
    public void A_files_one_trailing_line_end_is_not_part_of_the_secret(string content, string? expected)
    {
        File.WriteAllText(Path.Combine(_directory, "secret"), content);

        new EnvironmentSecretSource(_directory).Find("file", "secret").ShouldBe(expected);
    }

    [Fact]
    public void What_can_not_be_read_has_no_value()
    {
        var source = new EnvironmentSecretSource(_directory);

        source.Find("file", "missing").ShouldBeNull();
        source.Find("file", ".").ShouldBeNull();
        source.Find("file", "no/such/directory").ShouldBeNull();
        source.Find("vault", "x").ShouldBeNull();
    }

    [Fact]
    public void A_file_far_too_large_for_a_secret_is_not_taken_for_one()
    {
        File.WriteAllText(Path.Combine(_directory, "database"), new string('x', 100_000));

        new EnvironmentSecretSource(_directory).Find("file", "database").ShouldBeNull();
    }

    [Fact]
    public void A_variable_is_read_when_it_is_asked_for()
    {
        var name = $"MIGRATIONTOOLS_TEST_{Guid.NewGuid():N}";
        var source = new EnvironmentSecretSource(_directory);
        source.Find("env", name).ShouldBeNull();

        Environment.SetEnvironmentVariable(name, "hunter2");
        try
        {
            source.Find("env", name).ShouldBe("hunter2");
            Environment.SetEnvironmentVariable(name, string.Empty);
            source.Find("env", name).ShouldBeNull();
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }
}
