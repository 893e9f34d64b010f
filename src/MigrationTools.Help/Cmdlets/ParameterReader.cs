using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace MigrationTools.Help.Cmdlets;

/// <summary>Reads one parameter out of its property.</summary>
internal static class ParameterReader
{
    public static ParameterFacts Read(Type cmdlet, PropertyInfo property, IReadOnlyList<string> sets)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return new ParameterFacts
        {
            Name = property.Name,
            Type = type.Name,
            IsSwitch = type == typeof(SwitchParameter),
            Aliases = [.. CmdletReader.Data<AliasAttribute>(property).SelectMany(Texts)],
            AcceptedValues = AcceptedValues(type, property),
            Default = Show(DefaultOf(cmdlet, property)),
            Wildcards = CmdletReader.Data<SupportsWildcardsAttribute>(property).Any(),
            Uses = [.. CmdletReader.Data<ParameterAttribute>(property).SelectMany(data => UsesOf(data, sets))],
        };
    }

    private static IEnumerable<ParameterUse> UsesOf(CustomAttributeData data, IReadOnlyList<string> sets)
    {
        var named = CmdletReader.Named<string>(data, "ParameterSetName");
        var position = data.NamedArguments.Where(argument => argument.MemberName == "Position").Select(argument => (int?)argument.TypedValue.Value).FirstOrDefault();
        return (named is null or CmdletFacts.AllSets ? sets : [named]).Select(set => new ParameterUse(
            set,
            CmdletReader.Named<bool>(data, "Mandatory"),
            position,
            CmdletReader.Named<bool>(data, "ValueFromPipeline"),
            CmdletReader.Named<bool>(data, "ValueFromPipelineByPropertyName")));
    }

    private static IReadOnlyList<string> AcceptedValues(Type type, PropertyInfo property)
    {
        var element = type.GetElementType() ?? type;
        return element.IsEnum ? Enum.GetNames(element) : [.. CmdletReader.Data<ValidateSetAttribute>(property).SelectMany(Texts)];
    }

    private static IEnumerable<string> Texts(CustomAttributeData data) =>
        data.ConstructorArguments
            .SelectMany(argument => argument.Value is IReadOnlyCollection<CustomAttributeTypedArgument> many ? many.Select(item => item.Value) : [argument.Value])
            .OfType<string>();

    // What an initializer gives a property is in code only, so the cmdlet is made.
    private static object? DefaultOf(Type cmdlet, PropertyInfo property)
    {
        var instance = Activator.CreateInstance(cmdlet);
        using (instance as IDisposable)
        {
            return property.GetValue(instance);
        }
    }

    private static string Show(object? value) => value switch
    {
        null or "" => "None",
        SwitchParameter or bool => "False",
        string text => text,
        IEnumerable many => string.Join(", ", many.Cast<object>().Select(Show)) is { Length: > 0 } list ? list : "None",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "None",
    };
}
