namespace InferenceBridge.Grpc.Substitutes.Tests.References;

/// <summary>A member by its declaring type, name and signature, in which !0 is a type's parameter and !!0 a method's.</summary>
internal sealed record MemberName(string Type, string Name, string Signature);
