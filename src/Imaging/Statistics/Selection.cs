using System.Numerics;

namespace InferenceBridge.Imaging;

/// <summary>Order statistics without a full sort.</summary>
internal static class Selection
{
    /// <summary>The median; the mean of the middle two for an even number. Reorders the values, which hold no NaN.</summary>
    internal static double Median(Span<double> values)
    {
        var middle = values.Length / 2;
        var upper = Nth(values, middle);
        if (values.Length % 2 == 1)
        {
            return upper;
        }

        // After the selection, everything below the middle stands left of it.
        var lower = double.NegativeInfinity;
        foreach (var value in values[..middle])
        {
            lower = Math.Max(lower, value);
        }

        return lower + ((upper - lower) / 2);
    }

    /// <summary>The value that a sort would put at <paramref name="n"/>. Reorders the values.</summary>
    internal static T Nth<T>(Span<T> values, int n)
        where T : struct, IComparable<T>, IComparisonOperators<T, T, bool>
    {
        var (first, last) = (0, values.Length - 1);
        while (last - first > 16)
        {
            // The pivot is the median of three, which sorted and constant data do not upset.
            var pivot = MedianOfThree(values[first], values[first + ((last - first) / 2)], values[last]);
            var (i, j) = (first, last);
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    (i, j) = (i + 1, j - 1);
                }
            }

            if (n <= j)
            {
                last = j;
            }
            else if (n >= i)
            {
                first = i;
            }
            else
            {
                return values[n];
            }
        }

        values[first..(last + 1)].Sort();
        return values[n];
    }

    private static T MedianOfThree<T>(T a, T b, T c)
        where T : struct, IComparable<T>, IComparisonOperators<T, T, bool>
    {
        if (a > b)
        {
            (a, b) = (b, a);
        }

        return c <= a ? a : c >= b ? b : c;
    }
}
