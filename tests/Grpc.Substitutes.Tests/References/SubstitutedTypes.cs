using System.Reflection;
using System.Runtime.CompilerServices;
using Grpc.Core;
using Grpc.Net.Compression;

namespace InferenceBridge.Grpc.Substitutes.Tests.References;

/// <summary>What the substitutes have, read by reflection.</summary>
internal static class SubstitutedTypes
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Assembly[] Assemblies = [typeof(Metadata).Assembly, typeof(ICompressionProvider).Assembly];

    public static IEnumerable<string> AssemblyFullNames => Assemblies.Select(assembly => assembly.FullName!);

    public static IEnumerable<string> AssemblyNames => Assemblies.Select(assembly => assembly.GetName().Name!);

    public static bool Has(string type, string package) =>
        Find(type) is { } found && (found.IsVisible || IsFriend(found.Assembly, package));

    public static bool Has(MemberName member, string package)
    {
        if (Find(member.Type) is not { } type)
            return false;
        return type.GetMembers(Declared).Any(candidate =>
            candidate.Name == member.Name
            && SignatureOf(candidate) == member.Signature
            && (IsAccessible(candidate) || IsFriend(type.Assembly, package)));
    }

    private static Type? Find(string type) =>
        Assemblies.Select(assembly => assembly.GetType(type)).FirstOrDefault(found => found is not null);

    private static bool IsFriend(Assembly assembly, string package) =>
        assembly.GetCustomAttributes<InternalsVisibleToAttribute>()
            .Any(friend => friend.AssemblyName.Split(',')[0] == Path.GetFileNameWithoutExtension(package));

    private static bool IsAccessible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        _ => false,
    };

    private static string? SignatureOf(MemberInfo member) => member switch
    {
        FieldInfo field => NameOf(field.FieldType),
        ConstructorInfo constructor => $"System.Void({ParametersOf(constructor)})",
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{NameOf(method.ReturnType)}{ArityOf(method)}({ParametersOf(method)})",
        _ => null,
    };

    private static string ArityOf(MethodInfo method) =>
        method.IsGenericMethodDefinition ? $"`{method.GetGenericArguments().Length}" : "";

    private static string ParametersOf(MethodBase method) =>
        string.Join(',', method.GetParameters().Select(parameter => NameOf(parameter.ParameterType)));

    private static string NameOf(Type type)
    {
        if (type.IsGenericMethodParameter)
            return $"!!{type.GenericParameterPosition}";
        if (type.IsGenericTypeParameter)
            return $"!{type.GenericParameterPosition}";
        if (type.IsSZArray)
            return $"{NameOf(type.GetElementType()!)}[]";
        if (type.IsByRef)
            return $"{NameOf(type.GetElementType()!)}&";
        if (!type.IsGenericType)
            return type.FullName!;
        return $"{type.GetGenericTypeDefinition().FullName}<{string.Join(',', type.GetGenericArguments().Select(NameOf))}>";
    }
}
