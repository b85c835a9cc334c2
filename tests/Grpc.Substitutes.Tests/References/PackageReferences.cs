using System.Reflection.Metadata;

namespace InferenceBridge.Grpc.Substitutes.Tests.References;

/// <summary>What an assembly refers to in the substituted assemblies, read from its metadata.</summary>
internal sealed class PackageReferences(MetadataReader metadata)
{
    private readonly SignatureNames _names = new();

    public IEnumerable<string> Types() =>
        metadata.TypeReferences.Where(IsSubstituted).Select(handle => _names.GetTypeFromReference(metadata, handle, 0));

    public IEnumerable<MemberName> Members() =>
        from handle in metadata.MemberReferences
        let member = metadata.GetMemberReference(handle)
        let type = DefinitionOf(member.Parent)
        where type is { } reference && IsSubstituted(reference)
        select new MemberName(
            _names.GetTypeFromReference(metadata, type.Value, 0), metadata.GetString(member.Name), SignatureOf(member));

    private string SignatureOf(MemberReference member) =>
        member.GetKind() == MemberReferenceKind.Field
            ? member.DecodeFieldSignature(_names, null)
            : SignatureNames.OfMethod(member.DecodeMethodSignature(_names, null));

    /// <summary>The type of which a member is referred to, without its type arguments; null where it is the assembly's own.</summary>
    private TypeReferenceHandle? DefinitionOf(EntityHandle parent)
    {
        switch (parent.Kind)
        {
            case HandleKind.TypeReference:
                return (TypeReferenceHandle)parent;
            case HandleKind.TypeSpecification:
                var blob = metadata.GetBlobReader(
                    metadata.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
                if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
                    return null;
                blob.ReadCompressedInteger();
                var generic = blob.ReadTypeHandle();
                return generic.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)generic : null;
            default:
                return null;
        }
    }

    private bool IsSubstituted(TypeReferenceHandle handle)
    {
        var scope = metadata.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => IsSubstituted((TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => SubstitutedTypes.AssemblyNames.Contains(
                metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)),
            _ => false,
        };
    }
}
