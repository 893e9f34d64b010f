using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MigrationTools.Commands;

namespace MigrationTools.Tests;

/// <summary>What the module promises, checked without a PowerShell engine.</summary>
public sealed class ModuleContractTests
{
    private static readonly string[] OwnAssemblies = ["MigrationTools", "MigrationTools.Engine", "MigrationTools.Databases", "MigrationTools.Hosting"];

    private static readonly string[] Verbs = ["Approve", "Compare", "Copy", "Export", "Get", "Import", "Invoke", "Measure", "New", "Resume", "Send", "Set", "Test"];

    private static IReadOnlyList<Type> Commands { get; } =
        [.. typeof(AsyncCommand).Assembly.GetExportedTypes().Where(type => type.IsDefined(typeof(CmdletAttribute), inherit: false))];

    private static string Root
    {
        get
        {
            var directory = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(directory, "MigrationTools.sln")))
            {
                directory = Path.GetDirectoryName(directory)!;
            }

            return directory;
        }
    }

    public static TheoryData<Type> CommandTypes => new(Commands);

    [Fact]
    public void The_manifest_exports_every_cmdlet_and_nothing_else()
    {
        var manifest = File.ReadAllText(Path.Combine(Root, "module", "MigrationTools.psd1"));
        var list = Regex.Match(manifest, @"CmdletsToExport\s*=\s*@\((?<names>[^)]*)\)").Groups["names"].Value;
        var exported = Regex.Matches(list, "'([^']+)'").Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);

        exported.ShouldBe(Commands.Select(NameOf).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_manifest_has_the_version_of_the_build()
    {
        var manifest = File.ReadAllText(Path.Combine(Root, "module", "MigrationTools.psd1"));
        var version = Regex.Match(File.ReadAllText(Path.Combine(Root, "Directory.Build.props")), "<VersionPrefix>(.*?)</VersionPrefix>").Groups[1].Value;

        manifest.ShouldContain($"ModuleVersion        = '{version}'");
    }

    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void A_cmdlet_is_sealed_and_named_by_an_approved_verb_and_a_singular_noun(Type command)
    {
        var (verb, noun) = NameParts(command);

        command.IsSealed.ShouldBeTrue();
        command.Name.ShouldBe($"{verb}{noun}Command");
        Verbs.ShouldContain(verb);
        (noun.EndsWith('s') && !noun.EndsWith("ss", StringComparison.Ordinal)).ShouldBeFalse(noun);
    }

    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void A_cmdlet_says_what_it_emits_and_there_is_a_view_for_it(Type command)
    {
        var types = command.GetCustomAttributesData().Where(data => data.AttributeType == typeof(OutputTypeAttribute))
            .SelectMany(data => data.ConstructorArguments)
            .SelectMany(argument => argument.Value is IReadOnlyCollection<CustomAttributeTypedArgument> many ? many.Select(item => item.Value) : [argument.Value])
            .OfType<Type>().ToList();
        var views = XDocument.Load(Path.Combine(Root, "module", "MigrationTools.Format.ps1xml")).Descendants("TypeName").Select(element => element.Value).ToList();

        types.ShouldNotBeEmpty();
        foreach (var type in types.Where(type => OwnAssemblies.Contains(type.Assembly.GetName().Name)))
        {
            views.ShouldContain(type.FullName!);
        }
    }

    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void What_changes_something_can_be_asked_what_it_would_do(Type command)
    {
        if (NameParts(command).Verb is "Invoke" or "Copy" or "Resume")
        {
            var named = CmdletData(command).NamedArguments.Where(argument => argument.MemberName == "SupportsShouldProcess").ToList();
            named.ShouldHaveSingleItem().TypedValue.Value.ShouldBe(true);
        }
    }

    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void No_type_of_a_third_party_is_in_a_parameter(Type command)
    {
        foreach (var property in command.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true)))
        {
            var type = property.PropertyType.GetElementType() ?? Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            var assembly = type.Assembly.GetName().Name!;
            (OwnAssemblies.Contains(assembly) || assembly.StartsWith("System", StringComparison.Ordinal)).ShouldBeTrue($"{property.Name} is a {type}");
        }
    }

    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void A_cmdlet_has_tests_of_its_own_in_PowerShell(Type command) =>
        File.Exists(Path.Combine(Root, "tests", "Pester", $"{NameOf(command)}.Tests.ps1")).ShouldBeTrue($"tests/Pester/{NameOf(command)}.Tests.ps1 is missing");

    [Fact]
    public void Tests_in_PowerShell_that_are_named_as_a_cmdlet_are_of_one_that_is_there() =>
        Directory.EnumerateFiles(Path.Combine(Root, "tests", "Pester"), "*-*.Tests.ps1")
            .Select(file => Path.GetFileName(file)[..^".Tests.ps1".Length]).Order(StringComparer.Ordinal)
            .ShouldBe(Commands.Select(NameOf).Order(StringComparer.Ordinal));

    /// <summary>PowerShell loads these types before the module can say where its other assemblies are; the layout of a value type is asked for then.</summary>
    [Theory]
    [MemberData(nameof(CommandTypes))]
    public void A_cmdlet_keeps_no_value_type_of_another_assembly(Type command)
    {
        for (var type = command; type is not null && type.Assembly == command.Assembly; type = type.BaseType)
        {
            type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
                .Where(field => field.FieldType.IsValueType && OwnAssemblies.Contains(field.FieldType.Assembly.GetName().Name))
                .Select(field => field.Name).ShouldBeEmpty();
        }
    }

    [Fact]
    public void The_root_assembly_references_no_third_party()
    {
        var references = typeof(AsyncCommand).Assembly.GetReferencedAssemblies().Select(name => name.Name!).ToList();

        references.ShouldContain("MigrationTools.Hosting");
        references.Where(name => !name.StartsWith("System", StringComparison.Ordinal) && !OwnAssemblies.Contains(name) && name is not "netstandard").ShouldBeEmpty();
    }

    // The library of reference assemblies has no code behind its attributes: they are read as data.
    private static CustomAttributeData CmdletData(Type command) =>
        command.GetCustomAttributesData().Single(data => data.AttributeType == typeof(CmdletAttribute));

    private static (string Verb, string Noun) NameParts(Type command)
    {
        var arguments = CmdletData(command).ConstructorArguments;
        return ((string)arguments[0].Value!, (string)arguments[1].Value!);
    }

    private static string NameOf(Type command)
    {
        var (verb, noun) = NameParts(command);
        return $"{verb}-{noun}";
    }
}
