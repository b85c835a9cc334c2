namespace BitMiracle.LibTiff.Classic;

/// <summary>Tags of a directory.</summary>
public enum TiffTag
{
    /// <summary>Placeholder.</summary>
    IGNORE = 0,

    /// <summary>A FileType.</summary>
    SUBFILETYPE = 254,

    /// <summary>Kind of data, before TIFF 5.0.</summary>
    OSUBFILETYPE = 255,

    /// <summary>Width in pixels.</summary>
    IMAGEWIDTH = 256,

    /// <summary>Height in pixels.</summary>
    IMAGELENGTH = 257,

    /// <summary>Bits of a sample.</summary>
    BITSPERSAMPLE = 258,

    /// <summary>A Compression.</summary>
    COMPRESSION = 259,

    /// <summary>A Photometric.</summary>
    PHOTOMETRIC = 262,

    /// <summary>Thresholding of the data.</summary>
    THRESHHOLDING = 263,

    /// <summary>A FillOrder.</summary>
    FILLORDER = 266,

    /// <summary>Name of the document.</summary>
    DOCUMENTNAME = 269,

    /// <summary>Description of the image.</summary>
    IMAGEDESCRIPTION = 270,

    /// <summary>Maker of the instrument.</summary>
    MAKE = 271,

    /// <summary>Model of the instrument.</summary>
    MODEL = 272,

    /// <summary>Where strips are.</summary>
    STRIPOFFSETS = 273,

    /// <summary>An Orientation.</summary>
    ORIENTATION = 274,

    /// <summary>Samples of a pixel.</summary>
    SAMPLESPERPIXEL = 277,

    /// <summary>Rows of a strip.</summary>
    ROWSPERSTRIP = 278,

    /// <summary>Stored bytes of strips.</summary>
    STRIPBYTECOUNTS = 279,

    /// <summary>Smallest sample value.</summary>
    MINSAMPLEVALUE = 280,

    /// <summary>Largest sample value.</summary>
    MAXSAMPLEVALUE = 281,

    /// <summary>Pixels per unit in x.</summary>
    XRESOLUTION = 282,

    /// <summary>Pixels per unit in y.</summary>
    YRESOLUTION = 283,

    /// <summary>A PlanarConfig.</summary>
    PLANARCONFIG = 284,

    /// <summary>Name of the page.</summary>
    PAGENAME = 285,

    /// <summary>Offset in x.</summary>
    XPOSITION = 286,

    /// <summary>Offset in y.</summary>
    YPOSITION = 287,

    /// <summary>Options of CCITT group 3.</summary>
    GROUP3OPTIONS = 292,

    /// <summary>Options of CCITT group 4.</summary>
    GROUP4OPTIONS = 293,

    /// <summary>A ResUnit.</summary>
    RESOLUTIONUNIT = 296,

    /// <summary>Page number and number of pages.</summary>
    PAGENUMBER = 297,

    /// <summary>Transfer function.</summary>
    TRANSFERFUNCTION = 301,

    /// <summary>Program that wrote the file.</summary>
    SOFTWARE = 305,

    /// <summary>Date and time as YYYY:MM:DD HH:MM:SS.</summary>
    DATETIME = 306,

    /// <summary>Creator.</summary>
    ARTIST = 315,

    /// <summary>Computer.</summary>
    HOSTCOMPUTER = 316,

    /// <summary>A Predictor.</summary>
    PREDICTOR = 317,

    /// <summary>White point.</summary>
    WHITEPOINT = 318,

    /// <summary>Primary chromaticities.</summary>
    PRIMARYCHROMATICITIES = 319,

    /// <summary>Red, green and blue tables of a palette image.</summary>
    COLORMAP = 320,

    /// <summary>Highlight and shadow.</summary>
    HALFTONEHINTS = 321,

    /// <summary>Width of a tile.</summary>
    TILEWIDTH = 322,

    /// <summary>Height of a tile.</summary>
    TILELENGTH = 323,

    /// <summary>Where tiles are.</summary>
    TILEOFFSETS = 324,

    /// <summary>Stored bytes of tiles.</summary>
    TILEBYTECOUNTS = 325,

    /// <summary>Offsets of child directories.</summary>
    SUBIFD = 330,

    /// <summary>Set of inks.</summary>
    INKSET = 332,

    /// <summary>Names of inks.</summary>
    INKNAMES = 333,

    /// <summary>Number of inks.</summary>
    NUMBEROFINKS = 334,

    /// <summary>Codes of 0% and 100% dots.</summary>
    DOTRANGE = 336,

    /// <summary>Printer.</summary>
    TARGETPRINTER = 337,

    /// <summary>ExtraSample of each extra sample.</summary>
    EXTRASAMPLES = 338,

    /// <summary>A SampleFormat.</summary>
    SAMPLEFORMAT = 339,

    /// <summary>Smallest sample value, of any type.</summary>
    SMINSAMPLEVALUE = 340,

    /// <summary>Largest sample value, of any type.</summary>
    SMAXSAMPLEVALUE = 341,

    /// <summary>Tables of a JPEG stream.</summary>
    JPEGTABLES = 347,

    /// <summary>RGB to YCbCr.</summary>
    YCBCRCOEFFICIENTS = 529,

    /// <summary>Subsampling of chrominance.</summary>
    YCBCRSUBSAMPLING = 530,

    /// <summary>Position of subsamples.</summary>
    YCBCRPOSITIONING = 531,

    /// <summary>Reference black and white.</summary>
    REFERENCEBLACKWHITE = 532,

    /// <summary>An XMP packet.</summary>
    XMLPACKET = 700,

    /// <summary>Use EXTRASAMPLES.</summary>
    MATTEING = 32995,

    /// <summary>Use SAMPLEFORMAT.</summary>
    DATATYPE = 32996,

    /// <summary>Depth of the image.</summary>
    IMAGEDEPTH = 32997,

    /// <summary>Depth of a tile.</summary>
    TILEDEPTH = 32998,

    /// <summary>Copyright.</summary>
    COPYRIGHT = 33432,

    /// <summary>IPTC data.</summary>
    RICHTIFFIPTC = 33723,

    /// <summary>Photoshop data.</summary>
    PHOTOSHOP = 34377,

    /// <summary>Offset of the EXIF directory.</summary>
    EXIFIFD = 34665,

    /// <summary>ICC profile.</summary>
    ICCPROFILE = 34675,

    /// <summary>Offset of the GPS directory.</summary>
    GPSIFD = 34853,

    /// <summary>Sample value to nits.</summary>
    STONITS = 37439,

    /// <summary>JPEG quality, 0 to 100 (steers the codec).</summary>
    JPEGQUALITY = 65537,

    /// <summary>Conversion of colours by the JPEG codec (steers the codec).</summary>
    JPEGCOLORMODE = 65538,

    /// <summary>Which JPEG tables are written (steers the codec).</summary>
    JPEGTABLESMODE = 65539,

    /// <summary>Deflate level, 1 to 9 (steers the codec).</summary>
    ZIPQUALITY = 65557,
}
