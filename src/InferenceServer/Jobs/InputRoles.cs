using InferenceBridge.Models;

namespace InferenceBridge.Server.Jobs;

/// <summary>Checks that the inputs of a request are those that the operation declares.</summary>
internal static class InputRoles
{
    public static void Check(OperationDeclaration operation, IReadOnlyList<Proto.InputDeclaration> inputs)
    {
        var accepted = string.Join(", ", operation.Inputs.Select(role => role.Name));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < inputs.Count; i++)
        {
            var name = inputs[i].Name;
            var fault = operation.Inputs.All(role => role.Name != name) ? "is not an input of the operation"
                : !seen.Add(name) ? "is declared twice"
                : (i == 0) != (name == operation.Inputs[0].Name) ? $"comes as number {i}; {operation.Inputs[0].Name} must be the first"
                : null;
            if (fault is not null)
            {
                throw new InferenceException(InferenceError.InputUnexpected, $"inputs[{i}].name",
                    $"Input \"{name}\" {fault}; accepted by {operation.Id}: {accepted}, each once.");
            }
        }

        var missing = operation.Inputs.FirstOrDefault(role => role.Required && !seen.Contains(role.Name))?.Name;
        if (missing is not null || inputs.Count == 0)
        {
            missing ??= operation.Inputs[0].Name;
            throw new InferenceException(InferenceError.InputMissing, $"inputs.{missing}",
                $"Input \"{missing}\" is not declared; accepted by {operation.Id}: {accepted}.");
        }
    }
}
