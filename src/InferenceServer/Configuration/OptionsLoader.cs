using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace InferenceBridge.Server.Configuration;

/// <summary>Binds options strictly: an unknown key or a value of the wrong type is a fault, and all are reported together.</summary>
internal static class OptionsLoader
{
    private static readonly PropertyInfo[] Properties =
        typeof(InferenceServerOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    public static InferenceServerOptions Load(string? configurationFile, string? urls)
    {
        var builder = new ConfigurationBuilder();
        if (configurationFile is not null)
        {
            AddFile(builder, configurationFile);
        }

        builder.AddEnvironmentVariables();
        if (urls is not null)
        {
            builder.AddInMemoryCollection([new(OptionsFaults.Key(nameof(InferenceServerOptions.Urls)), urls)]);
        }

        return Bind(builder.Build().GetSection(InferenceServerOptions.SectionName));
    }

    public static InferenceServerOptions Bind(IConfigurationSection section)
    {
        var options = new InferenceServerOptions();
        var faults = new List<OptionsFault>();
        foreach (var child in section.GetChildren())
        {
            var property = Array.Find(Properties, p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                faults.Add(new OptionsFault(OptionsFaults.Key(child.Key),
                    $"is not known; accepted: {string.Join(", ", Properties.Select(p => p.Name))}."));
            }
            else if (Parse(child.Value, property.PropertyType) is { } value)
            {
                property.SetValue(options, value);
            }
            else
            {
                faults.Add(new OptionsFault(OptionsFaults.Key(property.Name),
                    $"is \"{child.Value}\"; accepted: {(property.PropertyType == typeof(string) ? "a text" : "a whole number")}."));
            }
        }

        OptionsFaults.ThrowIfAny([.. faults, .. OptionsValidator.Faults(options)]);
        return options;
    }

    private static object? Parse(string? text, Type type)
    {
        if (type == typeof(string))
        {
            return text;
        }

        const NumberStyles style = NumberStyles.AllowLeadingSign;
        if (type == typeof(int))
        {
            return int.TryParse(text, style, CultureInfo.InvariantCulture, out var integer) ? integer : null;
        }

        return long.TryParse(text, style, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    // A file without the section would be a server with default settings that nobody asked for.
    private static void RequireSection(string file, IConfigurationRoot parsed)
    {
        var sections = parsed.GetChildren().Select(child => child.Key).ToArray();
        if (!sections.Contains(InferenceServerOptions.SectionName, StringComparer.OrdinalIgnoreCase))
        {
            throw new InferenceException(InferenceError.UsageInvalid, "config",
                $"Configuration file \"{file}\" has {(sections.Length == 0 ? "no sections" : $"the sections {string.Join(", ", sections)}")}; "
                + $"accepted: a section \"{InferenceServerOptions.SectionName}\".");
        }
    }

    private static void AddFile(ConfigurationBuilder builder, string file)
    {
        if (!File.Exists(file))
        {
            throw new InferenceException(InferenceError.FileUnreadable, "config",
                $"Configuration file \"{file}\" does not exist; accepted: the path of a JSON file.");
        }

        try
        {
            // Parsed here and now, so that a fault is told apart from those of the values.
            using var stream = File.OpenRead(file);
            var parsed = new ConfigurationBuilder().AddJsonStream(stream).Build();
            RequireSection(file, parsed);
            builder.AddInMemoryCollection(parsed.AsEnumerable().Where(pair => pair.Value is not null));
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or System.Text.Json.JsonException)
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, "config",
                $"Configuration file \"{file}\" is not JSON: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceError.FileUnreadable, "config", $"Configuration file \"{file}\" cannot be read: {e.Message}", e);
        }
    }
}
