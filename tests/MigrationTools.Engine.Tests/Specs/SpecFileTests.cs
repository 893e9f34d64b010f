using System.Text;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Reading;

namespace MigrationTools.Engine.Tests.Specs;

public sealed class SpecFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("migrationtools-specs-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Relative_paths_are_relative_to_the_specs_directory()
    {
        var path = Write("migration.yaml", Encoding.UTF8.GetBytes(SpecSamples.Design));

        var spec = new SpecReader().Read(path);

        spec.Path.ShouldBe(path);
        spec.Directory.ShouldBe(_directory);
        spec.Databases.Single().Scripts.ShouldBe(Path.Combine(_directory, "scripts"));
        spec.Databases.Single().Source.BaseDirectory.ShouldBe(_directory);
        spec.Readiness.Backup!.File.ShouldBe(Path.Combine(_directory, "backups", "shop.db"));
    }

    [Fact]
    public void A_file_and_its_text_have_one_hash_with_or_without_a_byte_order_mark()
    {
        var plain = new SpecReader().Read(Write("a.yaml", Encoding.UTF8.GetBytes(SpecSamples.Least)));
        var marked = new SpecReader().Read(Write("b.yaml", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(SpecSamples.Least)]));

        marked.Hash.ShouldBe(plain.Hash);
        SpecSamples.Read(File.ReadAllText(Path.Combine(_directory, "b.yaml"))).Hash.ShouldBe(plain.Hash);
    }

    [Fact]
    public void A_json_file_is_json_and_nothing_else()
    {
        var spec = new SpecReader().Read(Write("a.json", Encoding.UTF8.GetBytes(SpecSamples.DesignInJson)));
        spec.Systems.Count.ShouldBe(3);

        Refused(Write("b.json", Encoding.UTF8.GetBytes(SpecSamples.Design))).Message.ShouldContain("this is not valid JSON");
    }

    [Fact]
    public void A_missing_file_is_told_with_the_one_that_is_near()
    {
        Write("migration.yml", "id: a"u8);

        var mistake = Refused(Path.Combine(_directory, "migration.yaml"));

        mistake.Message.ShouldBe("there is no such file; did you mean 'migration.yml'?");
        (mistake.File, mistake.Line, mistake.Column).ShouldBe((Path.Combine(_directory, "migration.yaml"), 0, 0));
    }

    [Fact]
    public void A_missing_directory_is_told() =>
        Refused(Path.Combine(_directory, "no", "such", "a.yaml")).Message.ShouldBe("there is no such file; its directory is not there either.");

    [Fact]
    public void A_directory_is_no_spec() => Refused(_directory).Message.ShouldBe("is a directory; name the spec in it.");

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void No_path_is_no_spec(string path) => Refused(path).Message.ShouldContain("the path of the spec is empty");

    [Fact]
    public void A_path_that_no_system_takes_is_told() => Refused("a\0b").Message.ShouldNotBeEmpty();

    [Fact]
    public void A_file_that_may_not_be_read_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are for Unix");
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may read everything");
        var path = Write("a.yaml", "id: a"u8);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.None);
        }

        Refused(path).Message.ShouldContain("may not be read by this user");
    }

    [Fact]
    public void An_empty_file_is_told() => Refused(Write("a.yaml", [])).Message.ShouldContain("the spec is empty");

    [Fact]
    public void A_file_larger_than_four_mebibytes_is_refused() =>
        Refused(Write("a.yaml", new byte[SpecReader.MaxBytes + 1])).Message.ShouldBe("is larger than 4 MiB, which no spec is.");

    [Fact]
    public void A_device_without_end_is_refused()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero here");

        Refused("/dev/zero").Message.ShouldContain("larger than 4 MiB");
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_told_with_their_place()
    {
        var mistake = Refused(Write("a.yaml", [.. "id: a\nnäme: "u8, 0xE4, (byte)'\n']));

        mistake.Message.ShouldContain("not UTF-8");
        (mistake.Line, mistake.Column).ShouldBe((2, 7));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Utf16_is_named(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);

        Refused(Write("a.yaml", [.. encoding.GetPreamble(), .. encoding.GetBytes("id: a")])).Message.ShouldBe("the file is UTF-16; save it as UTF-8.");
    }

    private static SpecMistake Refused(string path) => Should.Throw<SpecException>(() => new SpecReader().Read(path)).Mistakes.ShouldHaveSingleItem();

    private string Write(string name, ReadOnlySpan<byte> content)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
