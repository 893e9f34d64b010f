using System.Management.Automation;
using System.Reflection;

namespace MigrationTools.Help.Cmdlets;

/// <summary>
/// Reads cmdlets out of their assembly. Attributes are read as data: the library of reference assemblies that the front end is
/// compiled against has no code behind them.
/// </summary>
public static class CmdletReader
{
    /// <summary>The cmdlets of an assembly, by name.</summary>
    public static IReadOnlyList<CmdletFacts> Read(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return [.. assembly.GetExportedTypes().Where(type => Data<CmdletAttribute>(type).Any()).Select(Read).OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];
    }

    /// <summary>One cmdlet.</summary>
    public static CmdletFacts Read(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var cmdlet = Data<CmdletAttribute>(type).Single();
        var properties = type.GetProperties().Where(property => Data<ParameterAttribute>(property).Any()).ToList();
        var sets = SetsOf(cmdlet, properties);
        var parameters = properties.Select(property => ParameterReader.Read(type, property, sets)).OrderBy(parameter => parameter.Name, StringComparer.Ordinal).ToList();
        if (Named<bool>(cmdlet, "SupportsShouldProcess"))
        {
            parameters.Add(FromPowerShell("WhatIf", "wi", sets));
            parameters.Add(FromPowerShell("Confirm", "cf", sets));
        }

        return new CmdletFacts
        {
            Verb = (string)cmdlet.ConstructorArguments[0].Value!,
            Noun = (string)cmdlet.ConstructorArguments[1].Value!,
            Sets = sets,
            Parameters = parameters,
            Inputs = InputsOf(properties),
            Outputs = [.. Data<OutputTypeAttribute>(type).SelectMany(TypesOf).Select(output => output.FullName!).Distinct()],
        };
    }

    internal static IEnumerable<CustomAttributeData> Data<T>(MemberInfo member) =>
        member.GetCustomAttributesData().Where(data => data.AttributeType == typeof(T));

    internal static T? Named<T>(CustomAttributeData data, string name) =>
        data.NamedArguments.Where(argument => argument.MemberName == name).Select(argument => (T?)argument.TypedValue.Value).FirstOrDefault();

    private static List<string> SetsOf(CustomAttributeData cmdlet, List<PropertyInfo> properties)
    {
        var first = Named<string>(cmdlet, "DefaultParameterSetName");
        // What cmdlets share comes first: reflection gives a class's own properties before those that it inherits.
        var names = properties.OrderBy(property => Generation(property.DeclaringType)).SelectMany(Data<ParameterAttribute>).Select(data => Named<string>(data, "ParameterSetName")).Prepend(first)
            .OfType<string>().Where(name => name != CmdletFacts.AllSets).Distinct().ToList();
        return names.Count > 0 ? names : [CmdletFacts.AllSets];
    }

    private static int Generation(Type? type) => type is null ? 0 : Generation(type.BaseType) + 1;

    private static ParameterFacts FromPowerShell(string name, string alias, List<string> sets) => new()
    {
        Name = name,
        Type = nameof(SwitchParameter),
        IsSwitch = true,
        Aliases = [alias],
        Default = "False",
        Uses = [.. sets.Select(set => new ParameterUse(set, Required: false, Position: null, ByValue: false, ByPropertyName: false))],
    };

    private static IReadOnlyList<string> InputsOf(List<PropertyInfo> properties)
    {
        bool TakesPipeline(PropertyInfo property) => Data<ParameterAttribute>(property)
            .Any(data => Named<bool>(data, "ValueFromPipeline") || Named<bool>(data, "ValueFromPipelineByPropertyName"));
        var inputs = properties.Where(TakesPipeline)
            .Select(property => (property.PropertyType.GetElementType() ?? property.PropertyType).FullName!)
            .Distinct().Order(StringComparer.Ordinal).ToList();
        return inputs.Count > 0 ? inputs : ["None"];
    }

    private static IEnumerable<Type> TypesOf(CustomAttributeData data) =>
        data.ConstructorArguments
            .SelectMany(argument => argument.Value is IReadOnlyCollection<CustomAttributeTypedArgument> many ? many.Select(item => item.Value) : [argument.Value])
            .OfType<Type>();
}
