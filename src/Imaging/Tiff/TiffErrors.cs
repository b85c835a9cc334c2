using System.Text;

namespace InferenceBridge.Imaging;

/// <summary>Refusals of files, each naming the file.</summary>
internal static class TiffErrors
{
    private const int MaxDetail = 1000;

    public static InferenceException Invalid(string path, string what, Exception? cause = null) =>
        new(InferenceError.FileFormatInvalid, path, $"{path}: {Sentence(what)}.", cause);

    public static InferenceException Unreadable(string path, string why, Exception? cause = null) =>
        new(InferenceError.FileUnreadable, path, $"{path} cannot be read: {Sentence(why)}.", cause);

    public static InferenceException Unwritable(string path, string why, Exception? cause = null) =>
        new(InferenceError.FileUnwritable, path, $"{path} cannot be written: {Sentence(why)}.", cause);

    // Libraries quote what is in a file: control characters would break lines, logs and terminals.
    private static string Sentence(string text)
    {
        var sentence = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            sentence.Append(Rune.IsControl(rune) ? " " : rune.ToString());
            if (sentence.Length > MaxDetail)
            {
                return sentence.Append('…').ToString();
            }
        }

        return sentence.ToString().TrimEnd('.', ' ');
    }
}
