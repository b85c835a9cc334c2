// Without a display, plain ImageJ has no menus: commands are called by their classes, which open and save by themselves.
//   java -Djava.awt.headless=true -Dplugins.dir=IMAGEJ_FOLDER -cp ij.jar ij.ImageJ -batch headless.ijm "in.tif,out.tif"
// Fiji's headless mode (ImageJ --headless) knows run("Denoise...", ...) too.

files = split(getArgument(), ",");
call("ij.IJ.runPlugIn", "org.inferencebridge.Denoise", "open=[" + files[0] + "] model=nlm save=[" + files[1] + "]");
