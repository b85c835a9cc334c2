using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);

    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    public static Tensor dot(Tensor input, Tensor target) => input.dot(target);

    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);

    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => input.addmm(mat1, mat2, beta, alpha);

    public static Tensor einsum(string equation, params Tensor[] tensors) => Ops.einsum.Call(equation, tensors);

    public static Tensor tensordot(Tensor input, Tensor b, long[] dims1, long[] dims2) => Ops.tensordot.Call(input, b, dims1, dims2);

    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2.0) => Ops.cdist.Call(x1, x2, p, Argument.None);

    /// <summary>Linear algebra.</summary>
    public static partial class linalg
    {
        public static Tensor inv(Tensor input) => Ops.linalg_inv.Call(input);

        public static Tensor det(Tensor input) => Ops.linalg_det.Call(input);

        public static Tensor pinv(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Ops.linalg_pinv__atol_rtol_float.Call(input, atol, rtol, hermitian);

        public static Tensor solve(Tensor input, Tensor other, bool left = true) => Ops.linalg_solve.Call(input, other, left);

        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(Tensor input, Tensor other) =>
            Ops.linalg_lstsq.CallQuadruple(input, other);

        public static Tensor cholesky(Tensor input) => Ops.linalg_cholesky.Call(input);

        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool full_matrices = true) =>
            Ops.linalg_svd.CallTriple(input, full_matrices);

        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Ops.linalg_eigh.CallPair(input, UPLO.ToString());

        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Ops.linalg_norm.Call(input, ord, dims, keepdim);

        public static Tensor vector_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Ops.linalg_vector_norm.Call(input, ord, dims, keepdim);
    }
}
