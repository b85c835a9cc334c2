// Denoises every TIFF of a folder into another one. A file that fails ends the batch with its message in the log.
// With arguments it asks nothing: "IN_FOLDER OUT_FOLDER", separated by a line break.

arguments = split(getArgument(), "\n");
if (arguments.length == 2) {
    input = arguments[0];
    output = arguments[1];
} else {
    input = getDirectory("Folder of images");
    output = getDirectory("Folder for results");
}
setBatchMode(true);
files = getFileList(input);
for (i = 0; i < files.length; i++) {
    if (endsWith(files[i], ".tif") || endsWith(files[i], ".tiff")) {
        open(input + File.separator + files[i]);
        run("Denoise...", "model=nlm save=[" + output + File.separator + files[i] + "]");
        print("denoised " + files[i]);
        close("*");
    }
}
