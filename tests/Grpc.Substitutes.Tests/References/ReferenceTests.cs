using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace InferenceBridge.Grpc.Substitutes.Tests.References;

/// <summary>Everything that the real packages refer to in the substituted assemblies is there, with that signature.</summary>
public class ReferenceTests
{
    public static TheoryData<string> Packages => ["Grpc.AspNetCore.Server.dll", "Grpc.Net.Client.dll"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Assemblies_AsReferred_HaveTheSameIdentity(string package)
    {
        using var assembly = Open(package);
        var metadata = assembly.GetMetadataReader();

        var referred = metadata.AssemblyReferences
            .Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName().FullName)
            .Where(name => SubstitutedTypes.AssemblyNames.Contains(name.Split(',')[0]))
            .Order()
            .ToArray();

        Assert.Equal(SubstitutedTypes.AssemblyFullNames.Order(), referred);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Types_ThatAPackageRefersTo_AreThereForIt(string package)
    {
        using var assembly = Open(package);
        var references = new PackageReferences(assembly.GetMetadataReader());

        var missing = references.Types().Where(name => !SubstitutedTypes.Has(name, package)).ToArray();

        Assert.Empty(missing);
        Assert.NotEmpty(references.Types());
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Members_ThatAPackageRefersTo_AreThereForIt(string package)
    {
        using var assembly = Open(package);
        var references = new PackageReferences(assembly.GetMetadataReader()).Members().ToArray();

        var missing = references.Where(member => !SubstitutedTypes.Has(member, package)).ToArray();

        Assert.Empty(missing);
        Assert.NotEmpty(references);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Types_OfAPackage_Load(string package)
    {
        // Loading fails where an override or an implemented interface member has nothing to match.
        var types = Assembly.LoadFrom(PathOf(package)).GetTypes();

        Assert.NotEmpty(types);
    }

    [Fact]
    public void Has_MemberThatNoSubstituteHas_ReturnsFalse()
    {
        Assert.True(SubstitutedTypes.Has(new MemberName("Grpc.Core.Metadata", "get_Count", "System.Int32()"), "Grpc.Net.Client.dll"));
        Assert.False(SubstitutedTypes.Has(new MemberName("Grpc.Core.Metadata", "get_Count", "System.Int64()"), "Grpc.Net.Client.dll"));
        Assert.False(SubstitutedTypes.Has(new MemberName("Grpc.Core.Metadata", "Freeze", "System.Void()"), "Grpc.Net.Client.dll"));
    }

    [Fact]
    public void Has_InternalMember_IsThereForFriendsOnly()
    {
        var bind = new MemberName(
            "Grpc.Core.ServerServiceDefinition", "BindService", "System.Void(Grpc.Core.ServiceBinderBase)");

        Assert.True(SubstitutedTypes.Has(bind, "Grpc.AspNetCore.Server.dll"));
        Assert.False(SubstitutedTypes.Has(bind, "Grpc.Net.Client.dll"));
    }

    private static string PathOf(string package) => Path.Combine(AppContext.BaseDirectory, package);

    private static PEReader Open(string package) => new(File.OpenRead(PathOf(package)));
}
