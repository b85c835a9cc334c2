namespace BitMiracle.LibTiff.Classic;

/// <summary>Order of bits in a byte.</summary>
public enum FillOrder
{
    /// <summary>Most significant bit first.</summary>
    MSB2LSB = 1,

    /// <summary>Least significant bit first.</summary>
    LSB2MSB = 2,
}
