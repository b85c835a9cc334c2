using System.Xml.Linq;

namespace InferenceBridge.Architecture.Tests;

/// <summary>The source tree that this test was built from.</summary>
internal static class Repository
{
    public static string Root => RealData.RepositoryRoot;

    /// <summary>Projects directly under src/, by name.</summary>
    public static IReadOnlyDictionary<string, string> SourceProjects { get; } = Directory
        .EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path)!);

    /// <summary>Names of what a project references, by element name: ProjectReference or PackageReference.</summary>
    public static IEnumerable<string> References(string projectFile, string element) => XDocument.Load(projectFile)
        .Descendants(element)
        .Select(reference => reference.Attribute("Include")!.Value)
        .Select(name => element == "ProjectReference" ? Path.GetFileNameWithoutExtension(name.Replace('\\', '/')) : name);

    /// <summary>C# sources of a folder, without what builds leave behind.</summary>
    public static IEnumerable<string> Sources(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
}
